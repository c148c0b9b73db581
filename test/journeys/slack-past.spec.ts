// A thread that is older than the pod is read when an agent is first called there: through Bolt and the practice Slack, within Slack's limits.
import { expect } from 'chai';
import { findMessage, post } from '../../src/practice/slack/acts/post.ts';
import type { Channel, Message } from '../../src/practice/slack/state/state.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

interface Read {
  from: string;
  at: string;
  text: string;
  outsideText?: string;
}

describe('what was said before the pod', () => {
  let team: SlackTeam;
  const LAUNCH = 'C0LAUNCH01';
  const BEN = 'U0BENOKAF1';
  const CHIARA = 'U0CHIARAR1';
  let old = '';

  /** As it stands in Slack; `author` is a user's id or what an app is called. */
  function said(author: string, text: string, more: Partial<Message> & { thread?: string } = {}): string {
    const { workspace } = team.slack.surfaces;
    const by = author.startsWith('U0') ? { user: author } : { bot_id: 'B0MON', username: author };
    const channel = workspace.state.channels.get(LAUNCH) as Channel;
    return post(workspace, channel, by, {
      text,
      ...(author.startsWith('U0') ? {} : { subtype: 'bot_message' }),
      ...more,
    }).ts;
  }

  before(async () => {
    team = await aSlackTeam();
    team.slack.workspace.state.users.set('U0EVEOTHR1', {
      ...{ id: 'U0EVEOTHR1', handle: 'eve', name: 'Eve Outer', tz: 'Europe/Berlin', team: 'T0OTHER001' },
    });
    old = said(BEN, 'Where do we get *saffron*?');
    said(CHIARA, '@scribe ask the mill', { thread: old });
    said('U0EVEOTHR1', 'From us: 4 a gram', { thread: old });
    said('Monitor', '', { thread: old, attachments: [{ title: 'Price of saffron', text: 'up 3 %' }] });
    said('U0GHOST001', 'Mine is cheaper', { thread: old });
    said(BEN, 'See this', {
      thread: old,
      attachments: [{ is_share: true, author_name: 'Two', text: 'Saffron is out' }],
    });
    await team.slack.workspace.settled();
    await team.quiet();
    await team.command('ada', 'launch', '/skein pod new');
    await team.quiet();
  });
  after(() => team.stop());
  afterEach(() => team.slack.workspace.faults.clear());

  /** Said while nobody tells Skein: only Slack has it. */
  function unheard(author: string, text: string, thread?: string): string {
    const { app } = team.slack.workspace.state;
    const { events } = app;
    app.events = [];
    const ts = said(author, text, thread ? { thread } : {});
    app.events = events;
    return ts;
  }

  async function conversationOf(word: string): Promise<string> {
    const { body } = await team.act<{ found: { conversation?: string }[] }>('ada', 'launch', 'search_pod', {
      query: word,
    });
    return body.found[0]?.conversation ?? '';
  }
  async function read(word: string): Promise<Read[]> {
    await team.quiet();
    const conversation = await conversationOf(word);
    return (await team.act<{ messages: Read[] }>('ada', 'launch', 'read_conversation', { conversation, limit: 200 }))
      .body.messages;
  }

  /** The one that this person asks for now. */
  async function digestOf(person: string): Promise<string> {
    expect(await team.command(person, 'launch', '/skein digest')).to.contain('on its way');
    const found = await team.when('the digest', async () =>
      (await team.messages('app', undefined, person)).find(({ text }) => text.startsWith('Your digest')),
    );
    return `${found.text} ${JSON.stringify(found.blocks)}`;
  }

  it('is nothing of the pod before somebody calls an agent there', async () => {
    await team.say('ben', 'launch', 'Anybody? Saffron, I mean.', old);
    expect((await read('saffron')).map(({ text }) => text)).to.deep.equal(['Anybody? Saffron, I mean.']);
  });

  it('becomes part of the log with authors and times when an agent is called, before it answers', async () => {
    await team.say('ada', 'launch', '@scribe what about the saffron?', old);
    await team.answer('launch', old, 'Scribe');
    const messages = await read('gram');
    expect(messages.map(({ from, text }) => `${from}: ${text}`).slice(0, 8)).to.deep.equal([
      'Ben Okafor: Where do we get **saffron**?',
      'Chiara Rossi: @scribe ask the mill',
      'Eve Outer: From us: 4 a gram',
      'Monitor (app): Price of saffron\nup 3 %',
      'somebody, unknown to Slack, U0GHOST001 (app): Mine is cheaper',
      'Ben Okafor: See this',
      'Ben Okafor: Anybody? Saffron, I mean.',
      'Ada Lindqvist: @scribe what about the saffron?',
    ]);
    expect(messages[5]?.outsideText).to.contain('Forwarded message by Two:\nSaffron is out');
    expect(messages).to.have.length(9);
  });

  it('is read once, and a repeated event or another call adds nothing', async () => {
    const before = await read('gram');
    team.slack.workspace.redeliver(LAUNCH, old, 2);
    await team.say('ada', 'launch', '@scout and you?', old);
    await team.answer('launch', old, 'Scout');
    const after = await read('gram');
    expect(after.slice(0, before.length)).to.deep.equal(before);
    expect(after).to.have.length(before.length + 2);
  });

  it('follows an edit and a deletion in Slack', async () => {
    const ts = findMessage(team.slack.surfaces.workspace, LAUNCH, old)?.ts ?? '';
    await team.post('/practice/edit', { as: 'ben', channel: 'launch', ts, text: 'Where do we get good saffron?' });
    await team.when('the edit', async () => (await read('gram'))[0]?.text === 'Where do we get good saffron?');
    const second = (await team.messages('launch', old))[1]?.ts;
    await team.post('/practice/delete', { as: 'chiara', channel: 'launch', ts: second });
    await team.when('the deletion', async () => (await read('gram'))[1]?.text.startsWith('(erased'));
  });

  it('is no news of a digest', async () => {
    const digest = await digestOf('chiara');
    expect(digest)
      .to.contain('Anybody? Saffron')
      .and.not.to.match(/ask the mill|4 a gram|Mine is cheaper/);
  });

  it('is read whole where it is many pages long', async () => {
    const root = unheard(BEN, 'Long thread about nutmeg');
    for (let n = 1; n <= 230; n++) unheard(n % 2 ? BEN : CHIARA, `nutmeg ${n}`, root);
    await team.say('ada', 'launch', '@scribe count it', root);
    await team.answer('launch', root, 'Scribe');
    const conversation = await conversationOf('nutmeg');
    const page = (before?: number) =>
      team.act<{ messages: (Read & { number: number })[] }>('ada', 'launch', 'read_conversation', {
        ...{ conversation, limit: 150 },
        ...(before ? { before } : {}),
      });
    const newest = (await page()).body.messages;
    const older = (await page(newest[0]?.number)).body.messages;
    const all = [...older, ...newest].map(({ text }) => text);
    expect(all).to.have.length(233);
    expect(all.slice(0, 3)).to.deep.equal(['Long thread about nutmeg', 'nutmeg 1', 'nutmeg 2']);
    expect(all.slice(230, 232)).to.deep.equal(['nutmeg 230', '@scribe count it']);
  });

  it('is read whole where Slack gives 15 messages a page', async () => {
    const root = unheard(BEN, 'Thread of an unlisted app about anise');
    for (let n = 1; n <= 40; n++) unheard(CHIARA, `anise ${n}`, root);
    team.slack.workspace.state.app.unlisted = true;
    await team.say('ada', 'launch', '@scribe and anise?', root);
    const { text } = await team.answer('launch', root, 'Scribe');
    delete team.slack.workspace.state.app.unlisted;
    expect(text).not.to.contain('have not read');
    const found = (await read('anise')).map((message) => message.text);
    expect(found.slice(0, 42).map((words) => words.replace(/\D/g, ''))).to.deep.equal([
      '',
      ...Array.from({ length: 40 }, (_, n) => String(n + 1)),
      '',
    ]);
  });

  it('is read again of a thread that went on while Skein was not in the channel', async () => {
    const root = await team.say('ben', 'launch', 'Thread about sumac');
    await team.say('ben', 'launch', 'sumac while Skein is here', root);
    await team.quiet();
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'skein' });
    await team.quiet();
    await team.say('chiara', 'launch', 'sumac while Skein is away', root);
    await team.post('/practice/invite', { as: 'ada', channel: 'launch', who: 'skein' });
    await team.quiet();
    await team.say('ada', 'launch', '@scribe and sumac?', root);
    await team.answer('launch', root, 'Scribe');
    const found = (await read('sumac')).map((message) => `${message.from}: ${message.text}`);
    expect(found)
      .to.include('Chiara Rossi: sumac while Skein is away')
      .and.to.include('Ben Okafor: Thread about sumac');
    expect(new Set(found).size).to.equal(found.length);
  });

  it('comes later where Slack gives it out slowly: the agent answers, and says what it has not read', async () => {
    const root = unheard(BEN, 'Slow thread about clove');
    unheard(CHIARA, 'Clove is dear', root);
    team.slack.workspace.faults.inject('conversations.replies', { kind: 'rate-limit', retryAfter: 12 });
    await team.say('ada', 'launch', '@scribe and clove?', root);
    const { text } = await team.answer('launch', root, 'Scribe');
    expect(text).to.contain('I have not read all that was said in this thread before I was called');
    const messages = await team.when('the rest', async () => {
      const all = await read('clove');
      return all.some((message) => message.text === 'Clove is dear') && all;
    });
    expect(messages.map(({ text: words }) => words).slice(0, 3)).to.deep.equal([
      'Slow thread about clove',
      'Clove is dear',
      '@scribe and clove?',
    ]);
    await team.say('ada', 'launch', '@scribe once more', root);
    expect((await team.answer('launch', root, 'Scribe', 2)).text).not.to.contain('I have not read');
  });

  it('is named as missing where Slack does not let it be read', async () => {
    const root = unheard(BEN, 'Closed thread about mace');
    team.slack.workspace.faults.inject('conversations.replies', { kind: 'refuse', error: 'missing_scope' });
    await team.say('ada', 'launch', '@scribe and mace?', root);
    const { text } = await team.answer('launch', root, 'Scribe');
    expect(text)
      .to.contain('I could not read what was said in this thread before I was called')
      .and.to.contain('lacks the scope');
    for (const { id } of await team.aside('inbox')) await team.retry('inbox', id);
    await team.when('the root', async () => (await read('mace'))[0]?.text === 'Closed thread about mace');
  });
});

describe('the past of a channel that becomes a pod', () => {
  let team: SlackTeam;
  const BEN = 'U0BENOKAF1';
  before(async () => {
    team = await aSlackTeam();
  });
  after(() => team.stop());

  async function aChannel(name: string): Promise<Channel> {
    await team.post('/practice/channel', { as: 'ada', name, members: ['ben'] });
    const channel = [...team.slack.workspace.state.channels.values()].find((each) => each.name === name) as Channel;
    const say = (text: string, thread?: string) =>
      post(team.slack.surfaces.workspace, channel, { user: BEN }, { text, thread }).ts;
    const root = say(`@scribe order for ${name}`);
    say(`An answer below in ${name}`, root);
    let last = '';
    for (let n = 1; n <= 120; n++) last = say(`filler ${n} of ${name}`);
    say(`A reply below the last in ${name}`, last);
    await team.post('/practice/invite', { as: 'ada', channel: name, who: 'skein' });
    await team.quiet();
    return channel;
  }
  const texts = async (name: string, query: string) => {
    await team.quiet();
    const { body } = await team.act<{ found: { text: string; from: string }[] }>('ada', name, 'search_pod', {
      query,
      limit: 50,
    });
    return body.found.map(({ from, text }) => `${from}: ${text}`);
  };

  it('stays outside unless somebody says otherwise', async () => {
    await aChannel('quiet');
    await team.command('ada', 'quiet', '/skein pod new');
    expect(await texts('quiet', 'filler')).to.deep.equal([]);
    expect(await team.command('ben', 'quiet', '/skein pod new with history')).to.contain(
      'Its owners can have its history read in',
    );
    expect(await texts('quiet', 'filler')).to.deep.equal([]);
  });

  it('comes in with the newest hundred and their threads, by a command, and wakes nobody', async () => {
    await aChannel('loud');
    expect(await team.command('ada', 'loud', '/skein pod new with history Loud and clear')).to.contain('is a pod now');
    expect(await texts('Loud and clear', 'filler 120')).to.contain('Ben Okafor: filler 120 of loud');
    const { body } = await team.act<{ conversations: { title: string }[] }>(
      'ada',
      'Loud and clear',
      'read_conversation',
      {
        conversation: 'all',
      },
    );
    expect(body.conversations.map(({ title }) => title)).to.include.members([
      'filler 120 of loud',
      'filler 110 of loud',
    ]);
    expect(await texts('Loud and clear', 'order')).to.deep.equal([]);
    expect(await texts('Loud and clear', 'reply')).to.deep.equal(['Ben Okafor: A reply below the last in loud']);
    expect(await texts('Loud and clear', 'answer')).to.deep.equal([]);
    const fillers = (n: number) => texts('Loud and clear', `filler ${n}`);
    expect(await fillers(10)).not.to.include('Ben Okafor: filler 10 of loud');
    expect(await fillers(30)).to.include('Ben Okafor: filler 30 of loud');
    const pods = await team.act<{ pods: { name: string }[] }>('ada', 'Loud and clear', 'list_pods');
    expect(JSON.stringify(pods.body)).to.contain('Loud and clear');
    const shown = await team.messages('loud');
    expect(shown.filter(({ username }) => username === 'Scribe')).to.deep.equal([]);
    expect(shown.at(-1)?.text).to.contain('last 14 days');
  });

  it('is told when it is in, once, with how far back it goes, and what was missed since comes by another wish', async () => {
    const channel = await aChannel('told');
    const told = async () =>
      (await team.messages('told')).filter(({ text }) => text.startsWith('What was said here in the last 14 days has'));
    expect(await team.command('ada', 'told', '/skein pod new with histroy')).to.contain(
      'Write “/skein pod new with history”',
    );
    await team.command('ada', 'told', '/skein pod new with history');
    const [first] = await team.when('the word', async () => (await told()).length === 1 && told());
    expect(first?.text).to.match(/has been read in\. It goes back to \w{3} \d+ \w{3} \d{4}\.$/);
    const { app } = team.slack.workspace.state;
    const { events } = app;
    app.events = [];
    post(team.slack.surfaces.workspace, channel, { user: BEN }, { text: 'cardamom, unheard in told' });
    app.events = events;
    expect(await texts('told', 'cardamom')).to.deep.equal([]);
    expect(await team.command('ada', 'told', '/skein pod new with history')).to.contain('is being read in');
    await team.when('the second word', async () => (await told()).length === 2);
    expect(await texts('told', 'cardamom')).to.deep.equal(['Ben Okafor: cardamom, unheard in told']);
    expect(await told()).to.have.length(2);
  });

  it('comes in by the button of the question, with what was said below', async () => {
    await team.post('/practice/channel', { as: 'ada', name: 'small', members: ['ben'] });
    const channel = [...team.slack.workspace.state.channels.values()].find(({ name }) => name === 'small') as Channel;
    const { workspace } = team.slack.surfaces;
    const root = post(workspace, channel, { user: BEN }, { text: 'Poppy order' }).ts;
    post(workspace, channel, { user: BEN }, { text: 'Poppy at 3 a kilo', thread: root });
    await team.post('/practice/invite', { as: 'ada', channel: 'small', who: 'skein' });
    const question = await team.when('the question', async () =>
      (await team.messages('small')).find(({ text }) => text.startsWith('Make #small a pod?')),
    );
    await team.post('/practice/click', { as: 'ada', channel: 'small', ts: question.ts, actionId: 'pod.make-past' });
    const found = await team.when('the past', async () => {
      const all = await texts('small', 'poppy');
      return all.length === 2 && all;
    });
    expect(found).to.have.members(['Ben Okafor: Poppy order', 'Ben Okafor: Poppy at 3 a kilo']);
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.command('ben', 'small', '/skein digest')).to.contain('on its way');
    const digest = await team.when('the digest', async () =>
      (await team.messages('app', undefined, 'ben')).find(({ text }) => text.startsWith('Your digest')),
    );
    expect(`${digest.text} ${JSON.stringify(digest.blocks)}`, 'no news of a digest').not.to.contain('Poppy');
  });
});
