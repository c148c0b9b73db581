// People's requests in Slack: direct messages, the slash command, buttons, the Home tab, and stop.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

describe('asking Skein in Slack', () => {
  let team: SlackTeam;
  before(async () => {
    team = await aSlackTeam();
    await team.command('ada', 'launch', '/skein pod new');
    await team.act('ada', 'launch', 'create_task', { title: 'Order 400 boxes', assignee: 'ben' });
    await team.post('/practice/channel', { as: 'ada', name: 'secret', members: ['skein'], private: true });
    await team.command('ada', 'secret', '/skein pod new');
    await team.act('ada', 'secret', 'create_task', { title: 'Buy the old mill', assignee: 'ada' });
  });
  after(() => team.stop());
  afterEach(async () => {
    team.slack.workspace.faults.clear();
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  async function asked(as: string, text: string, agent = 'scribe', thread?: string): Promise<string> {
    const ts = await team.say(as, `dm:${agent}`, text, thread);
    const name = `${agent[0]?.toUpperCase()}${agent.slice(1)}`;
    const own = (all: { username: string; ts: string }[]) => all.filter((one) => one.username === name && one.ts > ts);
    const all = await team.until(`dm:${agent}`, thread ?? ts, (seen) => own(seen).length > 0, as);
    return all.filter((one) => one.username === name && one.ts > ts)[0]?.text ?? '';
  }

  it('in a direct message reads all one’s own pods and nobody else’s', async () => {
    expect(await asked('ada', 'which pods am I in?'))
      .to.contain('launch')
      .and.to.contain('secret');
    expect(await asked('ben', 'which pods am I in?'))
      .to.contain('launch')
      .and.not.to.contain('secret');
  });

  it('in a direct message has threads, and other agents by name', async () => {
    const ts = await team.say('ben', 'dm:scribe', 'hello');
    await team.until('dm:scribe', ts, (all) => all.some(({ username }) => username === 'Scribe'), 'ben');
    await team.say('ben', 'dm:scribe', '@scout hello to you', ts);
    const all = await team.until('dm:scribe', ts, (seen) => seen.some(({ username }) => username === 'Scout'), 'ben');
    expect(all.every((message) => message.ts === ts || message.thread_ts === ts)).to.equal(true);
  });

  it('by /skein help, pods and tasks, everywhere', async () => {
    expect(await team.command('ben', 'launch', '/skein help')).to.contain('/skein tasks');
    expect(await team.command('ben', 'launch', '/skein')).to.contain('/skein pods');
    expect(await team.command('ben', 'general', '/skein pods'))
      .to.contain('launch')
      .and.not.to.contain('secret');
    expect(await team.command('ben', 'general', '/skein tasks'))
      .to.contain('400 boxes')
      .and.not.to.contain('mill');
    expect(await team.command('ada', 'app', '/skein tasks'))
      .to.contain('400 boxes')
      .and.to.contain('old mill');
  });

  it('by /skein waiting, what waits for oneself in all one’s pods', async () => {
    expect(await team.command('ben', 'general', '/skein waiting'))
      .to.contain('One thing waits for you')
      .and.to.match(/#1.*“Order 400 boxes” in launch/);
    expect(await team.command('dev', 'general', '/skein waiting')).to.contain('Nothing is waiting for you.');
  });

  it('finds the tasks of somebody who is not in all of one’s pods, however they are written', async () => {
    for (const name of ['@ben', 'Ben Okafor', '<@U0BENOKAF1|ben>'])
      expect(await team.command('ada', 'app', `/skein tasks ${name}`), name).to.contain('400 boxes');
    expect(await team.command('ada', 'app', '/skein tasks @nobody')).to.contain('Nobody in this pod goes by');
  });

  it('by /skein do, any action there is: in the pod of the channel, or in one that is named', async () => {
    const made = await team.command(
      'ada',
      'launch',
      '/skein do create_task —title “Count the &lt;big&gt; boxes” --assignee <@U0BENOKAF1|ben>',
    );
    expect(made).to.match(
      /^Done: you created #(\d+) “Count the ‹big› boxes” for Ben Okafor\. Its card is in the channel\.$/,
    );
    const number = /#(\d+)/.exec(made)?.[1];
    await team.when('its card', async () =>
      /Count the &lt;big&gt; boxes/.test(JSON.stringify(await team.messages('launch'))),
    );
    const listed = await team.command('ben', 'app', '/skein do list_tasks --pod launch --assignee ben');
    expect(listed).to.contain(`- #${number} Count the &lt;big&gt; boxes · state: open · assignee: Ben Okafor`);
    expect(listed, 'no ids, and no marks of YAML').not.to.match(/\bt_[a-z0-9]{20}|person:|^tasks:/m);
    expect(await team.command('ben', 'launch', `/skein do complete_task --task #${number} --yaml`)).to.contain(
      'state: done',
    );
    expect(await team.command('ben', 'launch', `/skein do reopen_task --task #${number}`)).to.match(
      /^Done: you reopened #/,
    );
    for (const [words, did] of [
      [`#${number} done`, 'completed'],
      [`reopen #${number}`, 'reopened'],
      [`drop #${number}: nobody needs them`, 'dropped'],
    ] as const)
      expect(await team.command('ben', 'launch', `/skein ${words}`)).to.match(
        new RegExp(`^Done: you ${did} #${number} `),
      );
    expect(await team.command('ben', 'general', `/skein reopen #${number}`)).to.contain('in the channel of a pod');
    expect(await team.command('ben', 'launch', `/skein #${number} sing`)).to.contain(
      `“sing” is nothing that can be done to #${number}. There are: #${number} done, #${number} start, `,
    );
    expect(await team.command('ben', 'launch', `/skein drop #${number}`)).to.contain(
      `Say why, behind a colon: “#${number} drop: the hall is closed”.`,
    );
    expect(await team.command('ben', 'launch', '/skein assign @ben')).to.contain(
      'Say to which task: “/skein #7 assign to Ben”. “/skein tasks” shows their numbers.',
    );
    expect(await team.command('ben', 'launch', '/skein remove Maja')).to.contain(
      'Did you mean “/skein remove_member”?',
    );
    expect(await team.command('ben', 'launch', '/skein help')).to.contain('send back: …, ask for review');
    expect(await team.command('ben', 'general', '/skein do list_tasks'))
      .to.contain('In which pod?')
      .and.to.contain('launch');
    expect(await team.command('ben', 'launch', '/skein do list_pods')).to.contain('launch');
    expect(await team.command('ben', 'launch', '/skein do'))
      .to.match(/^What you can do\n.*--help/)
      .and.to.contain('/skein do create_task')
      .and.to.contain('/skein do invite_person');
    expect(await team.command('ben', 'launch', '/skein do create_task --help')).to.contain('--due &lt;text&gt;');
    expect(await team.command('ben', 'launch', '/skein do fly')).to.contain('There is no action “fly”');
    expect(await team.command('ben', 'launch', '/skein do record_sent')).to.contain("Skein's own");
    expect(await team.command('ben', 'launch', '/skein do create_task Get milk')).to.contain('“Get milk”');
    expect(await team.command('ben', 'launch', '/skein do create_task --title Get milk')).to.contain(
      'Each field has a flag',
    );
  });

  it('understands the words that people try first', async () => {
    const done = (words: string) => team.command('ben', 'launch', `/skein ${words}`);
    const number = /#(\d+)/.exec(await done('task: buy oats'))?.[1];
    for (const [words, did] of [
      [`close #${number}`, 'completed'],
      [`${number} undo`, 'reopened'],
      [`give #${number} to chiara`, 'assigned'],
      [`take #${number}`, 'took on'],
      [`#${number} drop nobody needs them`, 'dropped'],
    ] as const)
      expect(await done(words)).to.match(new RegExp(`^Done: you ${did} #${number} `));
    expect(await done('decision: we take the blue boxes')).to.contain('the decision “we take the blue boxes”');
    expect(await done('find blue boxes')).to.match(/^Search the pod\n- we take the blue boxes/);
    expect(await done('agents')).to.contain('Scribe');
    expect(await done('tasks done')).to.contain('“/skein list_tasks --state done”');
    expect(await done(`#${number} due friday 5pm`)).to.contain('“friday 5pm” is no day that Skein can read.');
    expect(await done('tasks mine'))
      .to.contain('Ben Okafor')
      .and.not.to.contain('Chiara Rossi');
    expect(await done(`#${number}`)).to.contain(`What about #${number}?`);
  });

  it('answers nonsense with what there is, and calls nobody', async () => {
    const said = await team.command('ben', 'launch', '/skein <!channel> &lt;frob&gt;');
    expect(said)
      .to.contain('There is no')
      .and.to.contain('“/skein help” says what there is.')
      .and.not.to.contain('<!channel>');
    expect(await team.command('ben', 'launch', '/skein tsaks')).to.contain('Did you mean “/skein tasks”?');
    expect(await team.command('ben', 'launch', '/skein create_tsk')).to.contain('Did you mean “/skein create_task”?');
  });

  it('does not tell a stranger to the pod what is in it', async () => {
    await team.post('/practice/channel', { as: 'ada', name: 'open-kitchen', members: ['skein'] });
    await team.command('ada', 'open-kitchen', '/skein pod new');
    await team.act('ada', 'open-kitchen', 'create_task', { title: 'Scrub the pans' });
    const said = await team.command('dev', 'open-kitchen', '/skein tasks');
    expect(said).to.contain('not a member').and.not.to.contain('pans');
    for (const typed of ['list_tasks', 'list_tasks --pod open-kitchen']) {
      const done = await team.command('dev', 'open-kitchen', `/skein do ${typed}`);
      expect(done, typed)
        .to.match(/In which pod|is in no pod/)
        .and.not.to.contain('pans');
    }
  });

  it('is answered though a message of the channel waits to be tried again', async () => {
    team.slack.workspace.faults.inject('users.info', { kind: 'rate-limit', retryAfter: 6 });
    await team.say('ada', 'launch', 'who is <@U0UNKNOWN1>?');
    await team.when('it waits', () => team.lines.some((line) => /tried again later/.test(line)));
    expect(await team.command('ben', 'launch', '/skein tasks')).to.contain('400 boxes');
    await team.when('taken in later', async () =>
      JSON.stringify((await team.act('ada', 'launch', 'search_pod', { query: 'who is' })).body).includes('who is'),
    );
  });

  it('says of a button whose matter is over that it is', async () => {
    const { workspace } = team.slack.surfaces;
    const channel = workspace.state.channels.get('C0LAUNCH01');
    const { post } = await import('../../src/practice/slack/acts/post.ts');
    if (!channel) throw new Error('no channel');
    const button = { type: 'button', action_id: 'gone.long.ago', value: 'x', text: { type: 'plain_text', text: 'Do' } };
    const { ts } = post(
      workspace,
      channel,
      { user: 'U0SKEINBT1', bot_id: 'B0SKEINBOT', app_id: 'A0SKEINAPP' },
      {
        text: 'An old offer',
        blocks: [{ type: 'actions', elements: [button] }],
      },
    );
    await team.post('/practice/click', { as: 'ben', channel: 'launch', ts, actionId: 'gone.long.ago' });
    await team.until(
      'launch',
      '',
      (all) => all.some(({ text, ephemeral }) => ephemeral && /is over/.test(text)),
      'ben',
    );
  });

  it('shows one’s pods, one’s tasks and how to begin on the Home tab', async () => {
    await team.post('/practice/home', { as: 'ben' });
    const view = await team.when('the Home tab', async () => {
      const [home] = await team.get<{ type: string }[]>('/practice/views?as=ben');
      return home && JSON.stringify(home);
    });
    expect(view).to.contain('launch').and.to.contain('400 boxes').and.to.contain('/skein help');
    expect(view.slice(0, 250), 'what waits stands on top').to.match(/things? waits? for you/);
    expect(view).not.to.contain('old mill');
  });

  it('pages a long list of tasks, and says how to get the next page', async () => {
    for (let n = 1; n <= 20; n++)
      await team.act('ada', 'secret', 'create_task', { title: `Bottle ${n}`, assignee: 'ada' });
    expect(await team.command('ada', 'secret', '/skein tasks'))
      .to.contain('Bottle 19*')
      .and.to.match(/…and 1 more: `\/skein tasks 2`$/)
      .and.not.to.contain('Bottle 20');
    expect(await team.command('ada', 'secret', '/skein tasks 2'))
      .to.contain('Bottle 20')
      .and.not.to.contain('more');
    expect(await team.command('ada', 'secret', '/skein tasks <@U0ADALIND1|ada>')).to.match(/`\/skein tasks @\S.* 2`$/);
    expect(await team.command('ada', 'secret', '/skein tasks @ada 2')).to.contain('Bottle 20');
    expect(await team.command('ada', 'secret', '/skein tasks 3')).to.equal(
      'There is no page 3: the tasks in secret fill 2.',
    );
  });

  it('stops an agent by Slack’s own button', async () => {
    const off = team.slack.onChange((_notice, change) => {
      if (change.kind !== 'session-set' || change.session.status !== 'processing') return;
      off();
      setImmediate(() =>
        team.post('/practice/stop', { as: 'ada', channel: 'launch', thread: change.session.thread }).catch(() => {}),
      );
    });
    const ts = await team.say('ada', 'launch', '@scribe what is open here?');
    const all = await team.until('launch', ts, (seen) => seen.some(({ text }) => /stopped|not working/.test(text)));
    expect(all.length).to.be.at.least(2);
  });

  it('takes everything from whoever was removed: commands, actions and direct messages', async () => {
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'ben' });
    await team.when('Ben is out', async () => (await team.act('ben', 'launch', 'list_tasks')).status !== 200);
    expect(await team.command('ben', 'app', '/skein pods')).not.to.contain('launch');
    expect(await asked('ben', 'which pods am I in?')).not.to.contain('launch');
    expect(await asked('ben', 'search for “boxes”')).not.to.contain('400');
  });
});
