import { expect } from 'chai';
import * as people from '../../../../src/practice/slack/people/people.ts';
import { ADA, BEN, collector, GENERAL, LAUNCH, type Practice, practice, SKEIN } from '../practice.ts';

type Event = Record<string, unknown> & { type: string; subtype?: string };

describe('practice Slack: events that a real Bolt app gets', () => {
  let p: Practice;
  let got: ReturnType<typeof collector<Event>>;
  beforeEach(async () => {
    p = await practice();
    got = collector<Event>();
    await p.connect((app) =>
      app.use(async ({ payload, next }) => {
        got.push(payload as unknown as Event);
        await next();
      }),
    );
  });
  afterEach(() => p.stop());

  const workspace = () => p.slack.surfaces.workspace;
  const kinds = () => got.items.map((event) => event.subtype ?? event.type);

  it('a person’s message, with its client_msg_id, thread and parent', async () => {
    const root = p.say(ADA, LAUNCH, 'root');
    const ts = p.say(BEN, LAUNCH, 'reply', root);
    await got.reaches(2);
    expect(got.items[1]).to.include({
      type: 'message',
      user: BEN,
      ts,
      thread_ts: root,
      parent_user_id: ADA,
      channel_type: 'channel',
    });
    expect(got.items[1]?.client_msg_id).to.be.a('string');
  });

  it('an edit and a deletion', async () => {
    const ts = p.say(ADA, LAUNCH, 'before');
    people.edit(workspace(), ADA, LAUNCH, ts, 'after');
    people.deleteMessage(workspace(), ADA, LAUNCH, ts);
    await got.reaches(3);
    expect(kinds()).to.deep.equal(['message', 'message_changed', 'message_deleted']);
    expect(got.items[1]).to.have.nested.property('message.text', 'after');
    expect(got.items[1]).to.have.nested.property('previous_message.text', 'before');
    expect(got.items[2]).to.include({ deleted_ts: ts, channel: LAUNCH });
  });

  it('a tombstone when a thread’s first message goes', async () => {
    const root = p.say(ADA, LAUNCH, 'root');
    p.say(BEN, LAUNCH, 'reply', root);
    people.deleteMessage(workspace(), ADA, LAUNCH, root);
    await got.reaches(3);
    expect(got.items[2]).to.have.nested.property('message.subtype', 'tombstone');
  });

  it('a file, a direct message, a reaction', async () => {
    people.upload(workspace(), ADA, LAUNCH, { name: 'plan.md', bytes: Buffer.from('# Plan'), text: 'see here' });
    const { channel } = await p.web.conversations.open({ users: ADA });
    const ts = p.say(ADA, channel?.id ?? '', '@Skein hi');
    people.react(workspace(), ADA, channel?.id ?? '', ts, 'eyes');
    await got.reaches(4);
    expect(kinds()).to.deep.equal(['file_share', 'file_shared', 'message', 'reaction_added']);
    expect(got.items[0]).to.have.nested.property('files[0].name', 'plan.md');
    expect(got.items[2]).to.include({ channel_type: 'im', text: `<@${SKEIN}> hi` });
  });

  it('its own customised post, as bot_message', async () => {
    await p.web.chat.postMessage({ channel: LAUNCH, text: 'as Scribe', username: 'Scribe' });
    p.say(ADA, LAUNCH, 'after it');
    await got.reaches(1);
    const own = p.slack.workspace.state.recent[0]?.payload.event;
    expect(own).to.include({ subtype: 'bot_message', username: 'Scribe', bot_id: 'B0SKEINBOT' });
    // Bolt's ignoreSelf keeps it from the listeners, as it does with the real Slack.
    expect(kinds()).to.deep.equal(['message']);
  });

  it('being invited, others coming and going, being removed', async () => {
    people.invite(workspace(), ADA, GENERAL, SKEIN);
    await got.reaches(1);
    expect(got.items[0]).to.include({ type: 'member_joined_channel', user: SKEIN, inviter: ADA, channel: GENERAL });
    people.leave(workspace(), BEN, LAUNCH);
    people.invite(workspace(), ADA, LAUNCH, BEN);
    people.kick(workspace(), ADA, LAUNCH, SKEIN);
    await p.slack.workspace.settled();
    expect(got.items.map((event) => event.type)).to.include.members(['member_left_channel', 'channel_left']);
  });

  it('a channel made, renamed, archived', async () => {
    const { channel } = await p.web.conversations.create({ name: 'winter' });
    await p.web.conversations.rename({ channel: channel?.id ?? '', name: 'spring' });
    await p.web.conversations.archive({ channel: channel?.id ?? '' });
    await p.slack.workspace.settled();
    const types = p.slack.workspace.state.recent.map((event) => (event.payload.event as Event).type);
    expect(types).to.include.members(['channel_created', 'channel_rename', 'channel_archive']);
  });

  it('App Home opened, in the tab that it is', async () => {
    people.openHome(workspace(), ADA, 'messages');
    await got.reaches(1);
    expect(got.items[0]).to.include({ type: 'app_home_opened', user: ADA, tab: 'messages' });
  });

  it('only what the app is subscribed to', async () => {
    const { state } = p.slack.workspace;
    state.apps.set(state.app.id, { ...state.app, events: ['app_mention'] });
    p.say(ADA, LAUNCH, '@Skein one');
    await p.slack.workspace.settled();
    expect(got.items.map((event) => event.type)).to.deep.equal(['app_mention']);
  });

  it('a channel put to rest and woken', async () => {
    people.archive(workspace(), ADA, LAUNCH);
    people.unarchive(workspace(), ADA, LAUNCH);
    await got.reaches(4);
    expect(kinds()).to.deep.equal(['channel_archive', 'channel_archive', 'channel_unarchive', 'channel_unarchive']);
    expect(got.items.at(-1)).to.include({ channel: LAUNCH, user: ADA });
    p.say(ADA, LAUNCH, 'back again');
  });

  it('a profile that was changed', async () => {
    people.changeProfile(workspace(), BEN, { name: 'Ben O. Okafor' });
    await got.reaches(1);
    expect(got.items[0]).to.include({ type: 'user_change' });
    expect(got.items[0]).to.have.nested.property('user.profile.real_name', 'Ben O. Okafor');
    const { user } = await p.web.users.info({ user: BEN });
    expect(user?.real_name).to.equal('Ben O. Okafor');
  });
});
