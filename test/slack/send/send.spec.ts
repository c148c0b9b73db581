// The sender with the real WebClient against a small Slack of our own.
import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound, Retryable } from '../../../src/errors.ts';
import { makeClient } from '../../../src/slack/send/client.ts';
import { makeLimiter } from '../../../src/slack/send/limiter.ts';
import { makeSender, type Sender } from '../../../src/slack/send/send.ts';
import { aLog, botToken, type Call, type FakeSlack, fakeSlack } from '../fake-slack.ts';

const aPost = (text: string) => ({ text, blocks: [{ type: 'markdown', text }] });
const two = [aPost('one'), aPost('two')];

describe('slack/send', () => {
  let slack: FakeSlack;
  let sender: Sender;
  let logger: ReturnType<typeof aLog>;
  /** The messages in the fake channel. */
  let standing: { ts: string; text: string | undefined; metadata: unknown; thread_ts: string | undefined }[];

  beforeEach(async () => {
    slack = await fakeSlack();
    logger = aLog();
    standing = [];
    slack.answer('chat.postMessage', (call) => stand(call));
    slack.answer('conversations.history', () => ({ ok: true, messages: [...standing].reverse() }));
    sender = senderTo(slack, 2_000);
  });

  afterEach(() => slack.stop());

  function senderTo(to: FakeSlack, timeoutMs: number): Sender {
    const client = makeClient({ token: botToken, apiUrl: to.apiUrl, timeoutMs });
    return makeSender({ client, limiter: makeLimiter(), logger });
  }

  function stand({ args }: Call) {
    const ts = `1795220030.00010${standing.length}`;
    standing.push({ ts, text: args.text, metadata: JSON.parse(args.metadata ?? '{}'), thread_ts: args.thread_ts });
    return { ok: true, ts };
  }

  const post = (more: object = {}) =>
    sender.post({ channel: 'C1', posts: two, key: 'd1', resend: false, ...more }).catch((error: unknown) => error);

  it('posts each part with its key, unfurls nothing, and says where they stand', async () => {
    const posted = await post({ threadTs: '1795220000.000100', username: 'Scribe', iconEmoji: ':feather:' });
    expect(posted).to.deep.equal({ ts: '1795220030.000100', all: ['1795220030.000100', '1795220030.000101'] });
    const [{ args } = { args: {} }] = slack.callsOf('chat.postMessage');
    expect(args).to.include({
      channel: 'C1',
      thread_ts: '1795220000.000100',
      text: 'one',
      blocks: JSON.stringify([{ type: 'markdown', text: 'one' }]),
      metadata: JSON.stringify({ event_type: 'skein_delivery', event_payload: { key: 'd1', part: 0 } }),
      username: 'Scribe',
      icon_emoji: ':feather:',
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
    expect(args)
      .to.have.property('client_msg_id')
      .match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('does not post twice when the answer was lost: it looks first', async () => {
    slack.answer('chat.postMessage', (call) => {
      stand(call);
      return { drop: true };
    });
    expect(await post()).to.be.instanceOf(Retryable);
    expect(slack.callsOf('chat.postMessage')).to.have.length(1);
    slack.answer('chat.postMessage', stand);
    expect(await post({ resend: true, oldest: '1795220030.000000' }))
      .to.have.property('all')
      .with.length(2);
    expect(standing.map((message) => message.text)).to.deep.equal(['one', 'two']);
    const [{ args } = { args: {} }] = slack.callsOf('conversations.history');
    expect(args).to.include({ include_all_metadata: 'true', oldest: '1795219910.000000', inclusive: 'true' });
  });

  it('posts only the parts that are missing', async () => {
    await post();
    standing.shift();
    expect(await post({ resend: true })).to.have.property('ts', '1795220030.000101');
    expect(standing.map((message) => message.text)).to.deep.equal(['two', 'one']);
  });

  it("looks through all pages of a thread, and takes nobody else's message for its own", async () => {
    const mine = (part: number, ts: string) => ({
      ts,
      metadata: { event_type: 'skein_delivery', event_payload: { key: 'd1', part } },
    });
    const pages: Record<string, unknown> = {
      '': [
        { ts: '1', text: 'd1' },
        { ts: '2', metadata: { event_type: 'skein_delivery', event_payload: { key: 'd2', part: 0 } } },
        { ts: '3', metadata: { event_type: 'other', event_payload: { key: 'd1', part: 0 } } },
        mine(1, '4'),
      ],
      next: [mine(0, '5'), mine(0, '6'), { ts: '7', metadata: { event_type: 'skein_delivery', event_payload: {} } }],
    };
    slack.answer('conversations.replies', ({ args: { cursor = '' } }) => ({
      ok: true,
      messages: pages[cursor],
      response_metadata: { next_cursor: cursor === '' ? 'next' : '' },
    }));
    const found = await sender.lookUp({ channel: 'C1', threadTs: '1', key: 'd1', oldest: '1' });
    expect(found).to.deep.equal(['5', '4']);
  });

  it('never calls twice by itself', async () => {
    for (const how of [{ status: 500 }, { status: 503 }, { drop: true as const }]) {
      slack.answer('chat.postMessage', () => how);
      const before = slack.callsOf('chat.postMessage').length;
      expect(await post()).to.be.instanceOf(Retryable);
      expect(slack.callsOf('chat.postMessage')).to.have.length(before + 1);
    }
  });

  it('gives up waiting for an answer after its time', async () => {
    let free = () => {};
    const hanging = new Promise<void>((resolve) => {
      free = resolve;
    });
    slack.answer('chat.postMessage', () => hanging.then(() => ({ ok: true })));
    sender = senderTo(slack, 50);
    expect(await post())
      .to.be.instanceOf(Retryable)
      .and.to.have.property('message', 'Slack was not reached (chat.postMessage).');
    free();
  });

  it('waits as long as Slack says after a 429, and only with that method', async () => {
    slack.answer('chat.postMessage', () => ({ status: 429, headers: { 'retry-after': '30' } }));
    expect(await post())
      .to.be.instanceOf(Retryable)
      .and.to.have.property('retryAfterMs', 30_000);
    slack.answer('chat.postMessage', stand);
    expect(await post({ channel: 'C2' }))
      .to.be.instanceOf(Retryable)
      .and.to.have.property('retryAfterMs')
      .within(29_000, 30_000);
    expect(slack.callsOf('chat.postMessage')).to.have.length(1);
    expect(await sender.lookUp({ channel: 'C1', key: 'd1' })).to.deep.equal([]);
  });

  it('tells what a 429 without a time means', async () => {
    slack.answer('chat.postMessage', () => ({ status: 429 }));
    expect(await post())
      .to.be.instanceOf(Retryable)
      .and.to.have.property('retryAfterMs')
      .above(0);
  });

  it('does not take an answer that it cannot read for a no', async () => {
    slack.answer('chat.postMessage', () => ({ ok: true }));
    expect(await post()).to.be.instanceOf(Retryable);
    slack.answer('chat.postMessage', () => ({ body: '<html>' }));
    expect(await post()).to.be.instanceOf(Error);
  });

  const refusals: [string, new (...args: never[]) => Error, RegExp][] = [
    ['not_in_channel', NotAllowed, /\/invite/],
    ['channel_not_found', NotFound, /invite the app/],
    ['is_archived', Conflict, /[Uu]narchive/],
    ['invalid_auth', InvalidInput, /bot token/],
    ['token_revoked', InvalidInput, /revoked/],
    ['account_inactive', InvalidInput, /removed from the workspace/],
    ['msg_too_long', InvalidInput, /Shorten it/],
    ['restricted_action', NotAllowed, /workspace admin/],
    ['some_new_code', InvalidInput, /refused chat\.postMessage: some_new_code/],
    ['internal_error', Retryable, /trouble/],
    ['ratelimited', Retryable, /later/],
  ];
  for (const [error, kind, sentence] of refusals) {
    it(`says what ${error} means`, async () => {
      slack.answer('chat.postMessage', () => ({ ok: false, error }));
      expect(await post())
        .to.be.instanceOf(kind)
        .and.to.have.property('message')
        .match(sentence);
    });
  }

  it('names the scope that is missing', async () => {
    slack.answer('users.info', () => ({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    }));
    const error = await sender.userInfo('U1').catch((thrown: unknown) => thrown);
    expect(error)
      .to.be.instanceOf(NotAllowed)
      .and.to.have.property('message')
      .match(/lacks the scope users:read for users\.info/);
  });

  it('changes a message and keeps its key', async () => {
    slack.answer('chat.update', () => ({ ok: true, ts: '1' }));
    await sender.update({ channel: 'C1', ts: '1', post: aPost('new'), key: 'd1' });
    expect(slack.callsOf('chat.update')[0]?.args).to.include({
      ts: '1',
      text: 'new',
      metadata: '{"event_type":"skein_delivery","event_payload":{"key":"d1","part":0}}',
    });
  });

  for (const error of [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'block_mismatch',
  ])
    it(`says the same words as plain text where Slack refuses the blocks: ${error}`, async () => {
      const long = `${'many words '.repeat(500)}and the last`;
      const section = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
      const one = { text: 'A list', blocks: [section('A list'), section(long)] };
      const refusing = (call: Call) => (call.args.blocks ? { ok: false, error } : { ok: true, ts: '1' });
      for (const method of ['chat.postMessage', 'chat.update', 'chat.postEphemeral']) slack.answer(method, refusing);
      await sender.post({ channel: 'C1', posts: [one], key: 'd1', resend: false });
      await sender.update({ channel: 'C1', ts: '1', post: one, key: 'd1' });
      await sender.ephemeral({ channel: 'C1', user: 'U1', post: one });
      for (const method of ['chat.postMessage', 'chat.update', 'chat.postEphemeral']) {
        const [, again] = slack.callsOf(method);
        expect(again?.args.text, method).to.equal(`A list\n${long}`);
        expect(again?.args, method).not.to.have.property('blocks');
      }
    });

  it('says once what Slack refuses in either form, and asks nothing again that is not about the words', async () => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'invalid_blocks' }));
    expect(await post()).to.be.instanceOf(InvalidInput);
    expect(slack.callsOf('chat.postMessage')).to.have.length(2);
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'is_archived' }));
    expect(await post()).to.be.instanceOf(Conflict);
    expect(slack.callsOf('chat.postMessage')).to.have.length(3);
  });

  it('takes a message that is gone for removed, but not a channel that it cannot see', async () => {
    slack.answer('chat.delete', () => ({ ok: false, error: 'message_not_found' }));
    await sender.remove({ channel: 'C1', ts: '1' });
    slack.answer('chat.delete', () => ({ ok: false, error: 'channel_not_found' }));
    expect(await sender.remove({ channel: 'C1', ts: '1' }).catch((error: unknown) => error)).to.be.instanceOf(NotFound);
  });

  it('shows a status, a session and a word for one person', async () => {
    for (const method of ['assistant.threads.setStatus', 'agents.sessions.setStatus', 'chat.postEphemeral']) {
      slack.answer(method, () => ({ ok: true }));
    }
    await sender.setStatus({
      channel: 'C1',
      threadTs: '1',
      status: 'is thinking…',
      username: 'Scribe',
    });
    await sender.setSession({ channel: 'C1', threadTs: '1', status: 'processing' });
    await sender.ephemeral({ channel: 'C1', user: 'U1', post: aPost('psst') });
    expect(slack.calls.map(({ method, args }) => [method, args.status ?? args.user])).to.deep.equal([
      ['assistant.threads.setStatus', 'is thinking…'],
      ['agents.sessions.setStatus', 'processing'],
      ['chat.postEphemeral', 'U1'],
    ]);
  });

  it('answers through a response_url, and says when that is over', async () => {
    slack.answer('hook', () => ({ body: 'ok' }));
    await sender.respond(`${slack.url}hook`, { post: aPost('done'), replaceOriginal: true });
    const [{ args, authorization } = { args: { raw: '' }, authorization: '?' }] = slack.callsOf('hook');
    expect(JSON.parse(args.raw ?? '')).to.include({ response_type: 'ephemeral', text: 'done', replace_original: true });
    expect(authorization).to.equal('');
    slack.answer('hook', () => ({ status: 404, body: 'expired_url' }));
    const error = await sender.respond(`${slack.url}hook`, { post: aPost('done') }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Conflict);
  });

  it('uploads a file in three steps, without its token where the bytes go, and finds one that stands', async () => {
    slack.answer('files.getUploadURLExternal', () => ({
      ok: true,
      upload_url: `${slack.url}upload/F1`,
      file_id: 'F1',
    }));
    slack.answer('upload/F1', () => ({ body: 'OK' }));
    slack.answer('files.completeUploadExternal', () => ({ ok: true, files: [{ id: 'F1' }] }));
    const file = { channel: 'C1', name: 'a.md', content: '# Ä' };
    expect(await sender.uploadFile(file)).to.deep.equal({ fileId: 'F1' });
    expect(slack.callsOf('files.getUploadURLExternal')[0]?.args).to.include({ filename: 'a.md', length: '4' });
    expect(slack.callsOf('upload/F1')[0]).to.deep.include({ authorization: '', args: { raw: '# Ä' } });
    slack.answer('conversations.history', () => ({
      ok: true,
      messages: [{ ts: '1', files: [{ id: 'F1', name: 'a.md' }] }],
    }));
    expect(await sender.uploadFile({ ...file, resend: true })).to.deep.equal({ fileId: 'F1' });
    expect(slack.callsOf('files.completeUploadExternal')).to.have.length(1);
    slack.answer('upload/F1', () => ({ status: 500, body: '' }));
    expect(await sender.uploadFile(file).catch((error: unknown) => error)).to.be.instanceOf(Retryable);
  });

  it('reads people, channels and all pages of members', async () => {
    slack.answer('users.info', () => ({
      ok: true,
      user: {
        ...{ id: 'U1', name: 'ann', team_id: 'T2', is_stranger: true, is_email_confirmed: false },
        enterprise_user: { enterprise_id: 'E2', teams: ['T2', 'T3'] },
        profile: { real_name: 'Ann Lee', email: 'ann@example.com' },
      },
    }));
    slack.answer('conversations.info', () => ({
      ok: true,
      channel: { id: 'C1', name: 'launch', is_private: true, is_member: true, is_ext_shared: true },
    }));
    slack.answer('conversations.open', () => ({ ok: true, channel: { id: 'D1' } }));
    slack.answer('conversations.members', ({ args: { cursor } }) =>
      cursor ? { ok: true, members: ['U2'] } : { ok: true, members: ['U1'], response_metadata: { next_cursor: 'n' } },
    );
    expect(await sender.userInfo('U1')).to.deep.equal({
      id: 'U1',
      name: 'ann',
      realName: 'Ann Lee',
      isBot: false,
      deleted: false,
      admin: false,
      guest: false,
      stranger: true,
      teams: ['T2', 'E2', 'T2', 'T3'],
    });
    expect(await sender.channelInfo('C1')).to.deep.equal({
      id: 'C1',
      name: 'launch',
      type: 'group',
      archived: false,
      member: true,
      shared: true,
    });
    expect(await sender.openDm('U1')).to.equal('D1');
    expect(await sender.members('C1')).to.deep.equal(['U1', 'U2']);
  });

  it('says what is missing where it may not draw a Home tab', async () => {
    slack.answer('views.publish', () => ({ ok: false, error: 'not_enabled' }));
    const error = await sender
      .publishHome({ user: 'U1', view: { type: 'home', blocks: [] } })
      .catch((thrown: unknown) => thrown);
    expect(error)
      .to.be.instanceOf(NotAllowed)
      .and.to.have.property('message')
      .match(/Home tab is off\. Switch it on/);
  });
});
