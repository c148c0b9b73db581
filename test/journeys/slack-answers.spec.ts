// Agents' messages reach Slack once and within its limits, follow the log, and show progress.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import type { Seen } from './team.ts';

describe('an answer in Slack', () => {
  let team: SlackTeam;
  before(async () => {
    team = await aSlackTeam();
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(() => team.stop());
  afterEach(async () => {
    team.slack.workspace.faults.clear();
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const bodyOf = ({ blocks, text }: Seen) => blocks.map((block) => block.text ?? '').join('') || text;
  const by = (messages: Seen[], name: string) => messages.filter(({ username }) => username === name);

  /** A new thread in #launch in which Scribe says this. */
  async function scribeSays(text: string): Promise<{ conversation: string; message: string; thread: string }> {
    const title = `Talk ${Math.random()}`;
    const { status, body } = await team.act<{ conversation: { id: string }; message: { id: string } }>(
      'scribe',
      'launch',
      'start_conversation',
      { title, text },
    );
    expect(status, JSON.stringify(body)).to.equal(200);
    const before = new Set(known);
    const root = await team.when('the post', async () =>
      by(await team.messages('launch'), 'Scribe').find(({ ts, thread_ts }) => !before.has(ts) && !thread_ts),
    );
    known.add(root.ts);
    await team.quiet();
    return { conversation: body.conversation.id, message: body.message.id, thread: root.ts };
  }
  const known = new Set<string>();

  it('mentions members really, and never everybody', async () => {
    const { thread } = await scribeSays('@Ben Okafor please look, @chiara too. @here @channel <!everyone> @Nobody');
    const [post] = await team.messages('launch', thread);
    const body = bodyOf(post as Seen);
    expect(body).to.contain('<@U0BENOKAF1>').and.to.contain('<@U0CHIARAR1>').and.to.contain('@Nobody');
    expect(`${body}${post?.text}`).not.to.match(/<!|@(here|channel|everyone)/);
  });

  it('keeps tables, lists and code as Markdown, in parts where it is long', async () => {
    const table = `| a | b |\n|---|---|\n${'| one | two |\n'.repeat(20)}`;
    const { thread } = await scribeSays(`${table}\n- x\n- y\n\n\`\`\`ts\n${'const a = 1;\n'.repeat(1000)}\`\`\`\n`);
    const posts = by(await team.messages('launch'), 'Scribe').filter((post) => post.ts >= thread);
    expect(posts.length).to.be.above(1);
    for (const post of posts.slice(1)) expect(post.thread_ts).to.equal(thread);
    expect(bodyOf(posts[0] as Seen)).to.contain('| one | two |');
    expect(posts.map(bodyOf).join('\n'))
      .to.match(/^[-*] x$/m)
      .and.to.match(/^[-*] y$/m);
    const code = posts.map(bodyOf).filter((body) => body.includes('const a = 1;'));
    expect(code.length).to.be.above(0);
    for (const body of code) expect(body.match(/^```/gm), 'each part is a block of its own').to.have.length(2);
    expect(code.join('').match(/const a = 1;/g)).to.have.length(1000);
    for (const post of posts) expect(JSON.stringify(post.blocks).length).to.be.below(13_000);
  });

  for (const error of ['invalid_blocks', 'msg_blocks_too_long', 'invalid_blocks_format'])
    it(`stands as plain text, whole, where Slack refuses its blocks (${error})`, async () => {
      team.slack.workspace.faults.inject('chat.postMessage', { kind: 'refuse', error }, 1);
      const words = `It says **so** & <more>, @Ben Okafor. ${'word '.repeat(1500)}end of ${error}`;
      const { thread } = await scribeSays(words);
      const [post] = await team.messages('launch', thread);
      expect(post?.blocks).to.deep.equal([]);
      expect(post?.text)
        .to.contain('**so** &amp; &lt;more&gt;, <@U0BENOKAF1>')
        .and.to.match(new RegExp(`end of ${error}$`));
    });

  it('stands as plain text where Slack refuses the blocks of its edit', async () => {
    const { thread, message } = await scribeSays('Quark');
    team.slack.workspace.faults.inject('chat.update', { kind: 'refuse', error: 'invalid_blocks' }, 1);
    await team.act('scribe', 'launch', 'edit_message', { message, text: 'Quark, mended' });
    await team.quiet();
    const [post] = await team.messages('launch', thread);
    expect(post).to.deep.include({ text: 'Quark, mended', blocks: [] });
  });

  it('is told in the thread, once, where Slack takes it in no form; it waits with the reason', async () => {
    const { conversation, thread } = await scribeSays('Curd');
    team.slack.workspace.faults.inject('chat.postMessage', { kind: 'refuse', error: 'invalid_blocks' }, 2);
    await team.act('scribe', 'launch', 'post_message', { conversation, text: 'Curd again' });
    const seen = await team.until('launch', thread, (all) => all.length > 1);
    expect(seen[1]?.text).to.contain('Slack refused a message of Scribe').and.to.contain('skein outbox');
    await team.quiet();
    expect(await team.messages('launch', thread)).to.have.length(2);
    const [item] = await team.aside('outbox');
    expect(item?.reason).to.contain('invalid_blocks');
    await team.retry('outbox', item?.id ?? '');
    await team.until('launch', thread, (all) => all.some(({ text }) => text === 'Curd again'));
  });

  it('is a beginning and a file when it is very long; both go when an owner erases it', async () => {
    const { thread, message } = await scribeSays(
      `Secret opening.\n\n${'A long secret line of text.\n\n'.repeat(3000)}`,
    );
    const shared = () => team.messages('launch').then((all) => all.filter(({ ts }) => ts >= thread));
    await team.when('the file', async () => (await shared()).some(({ files }) => files.length > 0));
    expect((await team.act('ada', 'launch', 'redact', { what: message, reason: 'secret' })).status).to.equal(200);
    await team.when('nothing left', async () => (await shared()).length === 0);
  });

  it('changes and goes with the log, in fewer and in more parts', async () => {
    const { thread, message } = await scribeSays('First version');
    const posts = async () => by(await team.messages('launch'), 'Scribe').filter(({ ts }) => ts >= thread);
    const edit = (text: string) => team.act('scribe', 'launch', 'edit_message', { message, text });
    await edit(`Second version\n\n${'Another line of it.\n\n'.repeat(900)}`);
    await team.when('two parts', async () => (await posts()).length === 2);
    expect(bodyOf((await posts())[0] as Seen)).to.contain('Second version');
    await edit('Third version');
    await team.when('one part', async () => (await posts()).length === 1);
    expect(bodyOf((await posts())[0] as Seen)).to.equal('Third version');
    await team.act('scribe', 'launch', 'delete_message', { message });
    await team.when('none', async () => (await posts()).length === 0);
  });

  it('hears a reply to a thread it began, though the reply comes before the post is recorded', async () => {
    const before = new Set((await team.messages('launch')).map(({ ts }) => ts));
    team.slack.workspace.faults.inject('chat.postMessage', { kind: 'delay', ms: 600 });
    const started = team.act<{ conversation: { id: string } }>('scribe', 'launch', 'start_conversation', {
      title: 'Quick',
      text: 'Anyone there?',
    });
    const root = await team.when('the post', async () =>
      (await team.messages('launch')).find(({ ts, text }) => !before.has(ts) && text === 'Anyone there?'),
    );
    await team.say('ada', 'launch', 'Yes, I am', root.ts);
    const { conversation } = (await started).body;
    await team.when('the reply in that conversation', async () =>
      JSON.stringify(
        (await team.act('ada', 'launch', 'read_conversation', { conversation: conversation.id })).body,
      ).includes('Yes, I am'),
    );
  });

  for (const [what, fault, calls] of [
    ['a lost reply', { kind: 'drop-reply' }, 1],
    ['an error of the server', { kind: 'status', status: 500 }, 2],
    ['a rate limit', { kind: 'rate-limit', retryAfter: 1 }, 1],
    ['Slack’s own trouble', { kind: 'refuse', error: 'internal_error' }, 1],
  ] as const)
    it(`stands once after ${what}`, async () => {
      team.slack.workspace.faults.inject('chat.postMessage', fault, calls);
      const ts = await team.say('ada', 'launch', '@scribe hello');
      await team.answer('launch', ts, 'Scribe');
      await team.quiet();
      expect(by(await team.messages('launch', ts), 'Scribe')).to.have.length(1);
    });

  it('is taken back when it was erased after its post lost its reply', async () => {
    const before = new Set((await team.messages('launch')).map(({ ts }) => ts));
    team.slack.workspace.faults.inject('chat.postMessage', { kind: 'drop-reply' });
    const { body } = await team.act<{ message: { id: string } }>('scribe', 'launch', 'start_conversation', {
      title: 'Slip',
      text: 'A slip of the tongue',
    });
    const standing = async () =>
      (await team.messages('launch')).some(({ ts, text }) => !before.has(ts) && text === 'A slip of the tongue');
    await team.when('the post', standing);
    await team.act('ada', 'launch', 'redact', { what: body.message.id, reason: 'a slip' });
    await team.when('gone', async () => !(await standing()));
  });

  it('shows that it is worked on and how to stop, and clears both', async () => {
    const shown: string[] = [];
    const off = team.slack.onChange((_notice, change) => {
      if (change.kind === 'status-set') shown.push(change.status.status ? 'status' : 'cleared');
      if (change.kind === 'session-set') shown.push(change.session.status);
    });
    const ts = await team.say('ada', 'launch', '@scribe which tasks are open?');
    await team.answer('launch', ts, 'Scribe');
    await team.when('cleared', () => shown.at(-1) === 'cleared');
    off();
    expect(shown[0]).to.equal('processing');
    expect(shown).to.include('status').and.to.include('active');
    const status = await team.get<{ status: string; session: string }>(
      `/practice/status?${new URLSearchParams({ channel: 'launch', thread: ts })}`,
    );
    expect(status).to.include({ status: '', session: 'active' });
  });

  it('clears the line though Slack fails at the end', async () => {
    const ts = await team.say('ada', 'launch', '@scribe hello again');
    const off = team.slack.onChange((_notice, change) => {
      if (change.kind === 'status-set' && change.status.status && change.status.thread === ts) {
        off();
        team.slack.workspace.faults.inject('assistant.threads.setStatus', { kind: 'status', status: 500 }, 1);
      }
    });
    await team.answer('launch', ts, 'Scribe');
    await team.when('cleared', async () => {
      const query = new URLSearchParams({ channel: 'launch', thread: ts });
      const { status, session } = await team.get<{ status: string; session: string }>(`/practice/status?${query}`);
      return status === '' && session === 'active';
    });
  });

  it('comes though the sockets are renewed in mid-work', async () => {
    const all: string[] = [];
    for (const n of [1, 2, 3]) {
      all.push(await team.say('ada', 'launch', `@scribe hello ${n}`));
      team.slack.workspace.disconnectSockets();
    }
    for (const ts of all) await team.answer('launch', ts, 'Scribe');
    await team.quiet();
    for (const ts of all) expect(by(await team.messages('launch', ts), 'Scribe')).to.have.length(1);
  });

  it('comes when Slack’s API was away for a while', async () => {
    team.slack.workspace.faults.inject('*', { kind: 'status', status: 503 }, 6);
    const ts = await team.say('ben', 'launch', '@scout hello after the storm');
    await team.answer('launch', ts, 'Scout');
    await team.quiet();
    expect(by(await team.messages('launch', ts), 'Scout')).to.have.length(1);
  });
});
