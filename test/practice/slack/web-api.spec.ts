import { expect } from 'chai';
import { ADA, BEN, GENERAL, LAUNCH, type Practice, practice, refusal, SKEIN, SUPPORT, webClient } from './practice.ts';

describe('practice Slack: the Web API', () => {
  let p: Practice;
  beforeEach(async () => {
    p = await practice();
  });
  afterEach(() => p.stop());

  describe('tokens and forms', () => {
    it('says who the app is', async () => {
      const who = await p.web.auth.test();
      expect(who).to.include({ ok: true, user_id: SKEIN, team: 'Wild Goose Bakery' });
      expect(who.response_metadata?.scopes).to.include('chat:write');
    });

    it('refuses a call without a token, and one with a wrong token', async () => {
      const bare = await (await fetch(`${p.slack.apiUrl}auth.test`)).json();
      expect(bare).to.deep.equal({ ok: false, error: 'not_authed' });
      expect(await refusal(webClient(p.slack, 'xoxb-other').auth.test())).to.equal('invalid_auth');
      expect(await refusal(webClient(p.slack).apps.connections.open({}))).to.equal('invalid_auth');
    });

    it('answers an unknown method with 200', async () => {
      const response = await fetch(`${p.slack.apiUrl}no.such`, { method: 'POST' });
      expect(response.status).to.equal(200);
      expect(await response.json()).to.include({ ok: false, error: 'unknown_method' });
    });

    for (const [form, init] of Object.entries<(token: string) => { query?: string; init?: RequestInit }>({
      query: (token) => ({ query: `?channel=${LAUNCH}&token=${token}` }),
      urlencoded: (token) => ({ init: { method: 'POST', body: new URLSearchParams({ channel: LAUNCH, token }) } }),
      JSON: (token) => ({
        init: {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
          body: JSON.stringify({ channel: LAUNCH }),
        },
      }),
      multipart: (token) => {
        const body = new FormData();
        body.set('channel', LAUNCH);
        body.set('token', token);
        return { init: { method: 'POST', body } };
      },
    })) {
      it(`takes arguments as ${form}`, async () => {
        const { query = '', init: request = {} } = init(p.slack.botToken);
        const response = await fetch(`${p.slack.apiUrl}conversations.info${query}`, request);
        expect(await response.json()).to.have.nested.property('channel.name', 'launch');
      });
    }

    it('refuses a method whose scope the app lacks, naming it', async () => {
      const { state } = p.slack.workspace;
      state.apps.set(state.app.id, { ...state.app, scopes: ['chat:write'] });
      const response = await fetch(`${p.slack.apiUrl}users.list`, {
        headers: { authorization: `Bearer ${p.slack.botToken}` },
      });
      expect(await response.json()).to.include({
        error: 'missing_scope',
        needed: 'users:read',
        provided: 'chat:write',
      });
      expect(await refusal(p.web.chat.postMessage({ channel: LAUNCH, text: 'x', username: 'Scribe' }))).to.equal(
        'missing_scope',
      );
    });
  });

  describe('people', () => {
    it('finds them by id, by address and in pages', async () => {
      expect((await p.web.users.info({ user: ADA })).user?.profile?.email).to.equal('ada@wildgoose.example');
      expect((await p.web.users.lookupByEmail({ email: 'BEN@wildgoose.example' })).user?.id).to.equal(BEN);
      expect((await p.web.users.profile.get({ user: ADA })).profile?.title).to.equal('Founder');
      const names: string[] = [];
      for await (const page of p.web.paginate('users.list', { limit: 2 })) {
        const { members = [] } = page as { members?: { name: string }[] };
        expect(members.length).to.be.at.most(2);
        names.push(...members.map((member) => member.name));
      }
      expect(names).to.deep.equal(['ada', 'ben', 'chiara', 'dev', 'skein']);
    });

    it('refuses whom it does not know', async () => {
      expect(await refusal(p.web.users.info({ user: 'U0' }))).to.equal('user_not_found');
      expect(await refusal(p.web.users.lookupByEmail({ email: 'x@example.com' }))).to.equal('users_not_found');
      expect(await refusal(p.web.bots.info({ bot: 'B0' }))).to.equal('bot_not_found');
      expect(await refusal(p.web.users.list({ cursor: 'nonsense' }))).to.equal('invalid_cursor');
    });
  });

  describe('conversations', () => {
    it('lists public channels, and private ones only where the app is a member', async () => {
      const { channel } = await p.web.conversations.create({ name: 'secret', is_private: true });
      await p.web.conversations.create({ name: 'open' });
      await p.web.conversations.leave({ channel: channel?.id ?? '' });
      const { channels } = await p.web.conversations.list({ types: 'public_channel,private_channel' });
      expect(channels?.map((one) => one.name)).to.deep.equal(['general', 'launch', 'support', 'open']);
      expect(await refusal(p.web.conversations.info({ channel: channel?.id ?? '' }))).to.equal('channel_not_found');
    });

    it('reads history where it is a member only', async () => {
      expect(await refusal(p.web.conversations.history({ channel: SUPPORT }))).to.equal('not_in_channel');
      await p.web.conversations.join({ channel: SUPPORT });
      const { messages } = await p.web.conversations.history({ channel: SUPPORT });
      expect(messages?.map((one) => one.subtype ?? one.reply_count)).to.deep.equal(['channel_join', 1]);
    });

    it('pages history newest first and replies oldest first, within bounds', async () => {
      const root = p.say(ADA, LAUNCH, 'root');
      const first = p.say(BEN, LAUNCH, 'one', root);
      const second = p.say(BEN, LAUNCH, 'two', root);
      const page = await p.web.conversations.history({ channel: LAUNCH, limit: 1 });
      expect(page.messages?.[0]).to.include({ text: 'root', reply_count: 2, latest_reply: second });
      expect(page.has_more).to.equal(true);
      const next = await p.web.conversations.history({
        channel: LAUNCH,
        limit: 1,
        cursor: page.response_metadata?.next_cursor ?? '',
      });
      expect(next.messages?.[0]?.text).to.match(/^Has anyone written/);
      const thread = await p.web.conversations.replies({ channel: LAUNCH, ts: root, oldest: first });
      expect(thread.messages?.map((one) => one.text)).to.deep.equal(['root', 'two']);
      const inclusive = await p.web.conversations.replies({
        channel: LAUNCH,
        ts: root,
        oldest: first,
        inclusive: true,
      });
      expect(inclusive.messages?.map((one) => one.text)).to.deep.equal(['root', 'one', 'two']);
      expect(await refusal(p.web.conversations.replies({ channel: LAUNCH, ts: '1.000000' }))).to.equal(
        'thread_not_found',
      );
    });

    it('opens a DM once, and takes a user id for it when posting', async () => {
      const { channel } = await p.web.conversations.open({ users: ADA });
      const again = await p.web.conversations.open({ users: ADA });
      const posted = await p.web.chat.postMessage({ channel: ADA, text: 'hello' });
      expect([again.channel?.id, posted.channel]).to.deep.equal([channel?.id, channel?.id]);
      expect(again.already_open).to.equal(true);
    });

    it('creates, invites, removes, renames, sets the topic, archives', async () => {
      const { channel } = await p.web.conversations.create({ name: 'winter' });
      const id = channel?.id ?? '';
      await p.web.conversations.invite({ channel: id, users: `${ADA},${BEN}` });
      expect(await refusal(p.web.conversations.invite({ channel: id, users: ADA }))).to.equal('already_in_channel');
      await p.web.conversations.kick({ channel: id, user: BEN });
      expect((await p.web.conversations.members({ channel: id })).members).to.deep.equal([SKEIN, ADA]);
      expect(await refusal(p.web.conversations.create({ name: 'winter' }))).to.equal('name_taken');
      expect(await refusal(p.web.conversations.create({ name: 'No Caps' }))).to.equal('invalid_name_specials');
      await p.web.conversations.rename({ channel: id, name: 'winter-box' });
      const told = await p.web.conversations.setTopic({ channel: id, topic: 'rye' });
      expect(told.channel).to.have.nested.property('topic.value', 'rye');
      await p.web.conversations.archive({ channel: id });
      expect(await refusal(p.web.chat.postMessage({ channel: id, text: 'x' }))).to.equal('is_archived');
      expect(await refusal(p.web.conversations.archive({ channel: id }))).to.equal('already_archived');
      expect(await refusal(p.web.conversations.kick({ channel: GENERAL, user: ADA }))).to.equal('not_in_channel');
    });
  });

  describe('messages', () => {
    const post = (more: Record<string, unknown> = {}) =>
      p.web.chat.postMessage({ channel: LAUNCH, text: 'hello', ...more } as never);

    it('keeps metadata and shows it only when asked', async () => {
      const metadata = { event_type: 'skein', event_payload: { key: 'k1' } };
      const { ts } = (await post({ metadata })) as { ts: string };
      const plain = await p.web.conversations.history({ channel: LAUNCH, limit: 1 });
      const full = await p.web.conversations.history({ channel: LAUNCH, limit: 1, include_all_metadata: true });
      expect(plain.messages?.[0]).to.not.have.property('metadata');
      expect(full.messages?.[0]).to.deep.include({ ts, metadata });
    });

    it('refuses metadata that is malformed, deep or large', async () => {
      expect(await refusal(post({ metadata: '{' }))).to.equal('invalid_metadata_format');
      expect(await refusal(post({ metadata: { event_type: 'x' } }))).to.equal('invalid_metadata_format');
      const deep = { event_type: 'x', event_payload: { a: { b: { c: 1 } } } };
      expect(await refusal(post({ metadata: deep }))).to.equal('invalid_metadata_schema');
      const large = { event_type: 'x', event_payload: { a: 'x'.repeat(9_000) } };
      expect(await refusal(post({ metadata: large }))).to.equal('metadata_too_large');
    });

    it('marks a post under another name as bot_message', async () => {
      const { message } = (await post({ username: 'Scribe', icon_emoji: ':pencil:' })) as { message: object };
      expect(message).to.deep.include({
        subtype: 'bot_message',
        username: 'Scribe',
        icons: { emoji: ':pencil:' },
        bot_id: 'B0SKEINBOT',
      });
      expect(message).to.not.have.property('user');
    });

    it('cuts a text beyond 40,000 with a warning, but refuses it in an update', async () => {
      const posted = await post({ text: 'x'.repeat(40_001) });
      expect(posted.message?.text).to.have.length(40_000);
      expect(posted.response_metadata?.warnings).to.deep.equal(['message_truncated']);
      const update = p.web.chat.update({ channel: LAUNCH, ts: posted.ts ?? '', text: 'x'.repeat(40_001) });
      expect(await refusal(update)).to.equal('msg_too_long');
    });

    it('refuses what Slack refuses', async () => {
      expect(await refusal(post({ text: '' }))).to.equal('no_text');
      expect(await refusal(post({ channel: 'C0' }))).to.equal('channel_not_found');
      expect(await refusal(post({ channel: SUPPORT }))).to.equal('not_in_channel');
      expect(await refusal(post({ thread_ts: '1.000000' }))).to.equal('cannot_reply_to_message');
      expect(await refusal(post({ text: undefined, blocks: 'no' }))).to.equal('invalid_blocks_format');
      expect(await refusal(post({ markdown_text: 'a' }))).to.equal('markdown_text_conflict');
      expect(await refusal(post({ attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }))).to.equal(
        'too_many_attachments',
      );
    });

    it('updates and deletes its own messages, nobody else’s', async () => {
      const { ts = '' } = await post();
      await p.web.chat.update({ channel: LAUNCH, ts, text: 'changed' });
      const [message] = (await p.web.conversations.history({ channel: LAUNCH, limit: 1 })).messages ?? [];
      expect(message).to.deep.include({ text: 'changed' });
      expect(message).to.have.nested.property('edited.user', SKEIN);
      const theirs = p.say(ADA, LAUNCH, 'mine');
      expect(await refusal(p.web.chat.update({ channel: LAUNCH, ts: theirs, text: 'x' }))).to.equal(
        'cant_update_message',
      );
      expect(await refusal(p.web.chat.delete({ channel: LAUNCH, ts: theirs }))).to.equal('cant_delete_message');
      await p.web.chat.delete({ channel: LAUNCH, ts });
      expect(await refusal(p.web.chat.update({ channel: LAUNCH, ts, text: 'x' }))).to.equal('message_not_found');
    });

    it('whispers only to people in the channel', async () => {
      await p.web.chat.postEphemeral({ channel: LAUNCH, user: ADA, text: 'psst' });
      expect(p.slack.workspace.state.ephemerals.map((one) => one.user)).to.deep.equal([ADA]);
      const toStranger = p.web.chat.postEphemeral({ channel: LAUNCH, user: 'U0', text: 'psst' });
      expect(await refusal(toStranger)).to.equal('user_not_in_channel');
    });

    it('links to a message in its thread', async () => {
      const root = p.say(ADA, LAUNCH, 'root');
      const ts = p.say(ADA, LAUNCH, 'reply', root);
      const { permalink } = await p.web.chat.getPermalink({ channel: LAUNCH, message_ts: ts });
      expect(permalink).to.equal(
        `https://wild-goose-bakery.slack.com/archives/${LAUNCH}/p${ts.replace('.', '')}?thread_ts=${root}&cid=${LAUNCH}`,
      );
    });
  });

  it('reacts once and takes it back once', async () => {
    const timestamp = p.say(ADA, LAUNCH, 'root');
    const item = { channel: LAUNCH, timestamp, name: 'eyes' };
    await p.web.reactions.add(item);
    expect(await refusal(p.web.reactions.add(item))).to.equal('already_reacted');
    const { message } = await p.web.reactions.get({ channel: LAUNCH, timestamp });
    expect(message?.reactions).to.deep.equal([{ name: 'eyes', users: [SKEIN], count: 1 }]);
    await p.web.reactions.remove(item);
    expect(await refusal(p.web.reactions.remove(item))).to.equal('no_reaction');
  });

  it('never gives two messages the same ts, though the clock stands still', () => {
    const all = Array.from({ length: 50 }, (_, n) => p.say(ADA, LAUNCH, `message ${n}`));
    expect(new Set(all).size).to.equal(50);
    expect([...all].sort()).to.deep.equal(all);
  });
});
