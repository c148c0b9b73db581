// Slack's payloads are parsed into the union of inbound events.
import { expect } from 'chai';
import fc from 'fast-check';
import { aliasesOf, keyOf, laneOf, parse } from '../../../src/slack/parse/parse.ts';
import { payload, self } from '../payloads.ts';

const read = (name: string) => parse(payload(name), self);
const at = { team: 'T0SKEIN01', channel: 'C0LAUNCH1' };

describe('slack/parse', () => {
  it('reads a message in a channel', () => {
    expect(read('message-channel')).to.deep.equal({
      kind: 'message_posted',
      ...at,
      channelType: 'channel',
      ts: '1795220030.000100',
      user: 'U0ANN0001',
      text: '<@U0SKEINBOT> @scribe please summarise <https://example.com/plan|the plan> &amp; ask <@U0BEN0001>',
      clientMsgId: '5d0c8a1e-3c59-4c5e-9f43-7d6f1f0d2a11',
      files: [],
      mentionsApp: true,
    });
  });

  it('takes a mention and its message for one', () => {
    const [message, mention] = [read('message-channel'), read('app-mention')];
    expect(mention.kind).to.equal('message_posted');
    expect(keyOf(mention)).to.equal(keyOf(message)).and.to.equal('slack:T0SKEIN01:C0LAUNCH1:1795220030.000100');
    expect(aliasesOf(mention)).to.deep.equal(aliasesOf(message)).and.to.have.length(1);
    expect(laneOf(mention)).to.equal('slack:T0SKEIN01:C0LAUNCH1');
  });

  it('does not guess whether a mention came from a public or a private channel', () => {
    expect(read('app-mention')).to.not.have.property('channelType');
  });

  it('takes what carries the profile of an app for the app’s, whoever it is posted as', () => {
    const posted = payload('message-channel') as { event: object };
    const event = { ...posted.event, bot_profile: { app_id: 'A0ZAP', name: 'Zap' } };
    expect(parse({ ...posted, event }, self)).to.include({ kind: 'app_message', name: 'Zap', appId: 'A0ZAP' });
  });

  it('reads a reply in a thread', () => {
    expect(read('message-thread-reply')).to.include({
      kind: 'message_posted',
      channelType: 'group',
      threadTs: '1795220030.000100',
      mentionsApp: false,
    });
  });

  it('reads the files of a message', () => {
    expect(read('message-file-share')).to.deep.include({
      kind: 'message_posted',
      channelType: 'im',
      files: [
        {
          id: 'F0BUDGET1',
          name: 'budget.csv',
          mimetype: 'text/csv',
          size: 2048,
          url: 'https://files.slack.com/files-pri/T0SKEIN01-F0BUDGET1/budget.csv',
        },
      ],
    });
  });

  it('reads an edit, keyed by the edit', () => {
    const edit = read('message-changed');
    expect(edit).to.include({
      kind: 'message_edited',
      ts: '1795220030.000100',
      editedAt: '1795220200.000000',
      user: 'U0ANN0001',
      text: 'please summarise the *new* plan',
      threadTs: '1795220030.000100',
    });
    expect(keyOf(edit)).to.equal('slack:T0SKEIN01:C0LAUNCH1:1795220030.000100:1795220200.000400');
  });

  it('does not take an unfurled link for an edit', () => {
    expect(read('message-unfurled')).to.include({ kind: 'ignored', reason: 'nobody edited it' });
  });

  it('reads a deletion, keyed by the deletion', () => {
    const deletion = read('message-deleted');
    expect(deletion).to.deep.equal({
      kind: 'message_deleted',
      ...at,
      channelType: 'channel',
      ts: '1795220090.000200',
      eventTs: '1795220410.000100',
      user: 'U0BEN0001',
      threadTs: '1795220030.000100',
    });
    expect(keyOf(deletion)).to.match(/:1795220090\.000200:1795220410\.000100$/);
  });

  it('takes the tombstone of a thread for a deletion by its writer', () => {
    expect(read('message-tombstone')).to.include({
      kind: 'message_deleted',
      ts: '1795220030.000100',
      user: 'U0ANN0001',
    });
  });

  it("reads another app's message", () => {
    expect(read('message-other-app')).to.include({
      kind: 'app_message',
      appId: 'A0CI00001',
      botId: 'B0CI00001',
      name: 'ci',
      mentionsApp: true,
    });
  });

  it('ignores our own posts, under any name', () => {
    expect(read('message-own')).to.include({ kind: 'ignored', reason: 'our own message' });
    const other = parse(payload('message-own'), { botUserId: 'U1', botId: 'B1', appId: 'A1' });
    expect(other).to.include({ kind: 'app_message', name: 'Scribe' });
  });

  const events: [string, object][] = [
    ['message-channel-join', { kind: 'ignored', reason: 'another event tells of channel_join' }],
    ['member-joined', { kind: 'member_joined', ...at, user: 'U0BEN0001' }],
    ['app-joined', { kind: 'app_joined', ...at }],
    ['member-left', { kind: 'member_left', ...at, user: 'U0BEN0001' }],
    ['app-left', { kind: 'app_left', ...at }],
    ['channel-rename', { kind: 'channel_renamed', ...at, name: 'launch-2027' }],
    ['channel-archive', { kind: 'channel_archived', ...at, user: 'U0ANN0001' }],
    ['channel-unarchive', { kind: 'channel_unarchived', ...at }],
    ['home-opened', { kind: 'home_opened', user: 'U0ANN0001', tab: 'home', channel: 'D0ANN0001' }],
    ['session-stopped', { kind: 'session_stopped', ...at, user: 'U0ANN0001', threadTs: '1795220030.000100' }],
    ['app-uninstalled', { kind: 'app_uninstalled', team: 'T0SKEIN01' }],
    ['reaction-added', { kind: 'unsupported', type: 'reaction_added' }],
    ['rate-limited', { kind: 'unsupported', type: 'app_rate_limited', team: 'T0SKEIN01' }],
    ['view-submission', { kind: 'unsupported', type: 'view_submission' }],
    ['view-closed', { kind: 'unsupported', type: 'view_closed' }],
  ];
  for (const [name, expected] of events) {
    it(`reads ${name}`, () => expect(read(name)).to.include(expected));
  }

  it('reads a form of ours that somebody has filled in, whichever kind its field has', () => {
    const submitted = (callback: string, given: object) => ({
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U1' },
      trigger_id: '1.2',
      view: {
        id: 'V1',
        callback_id: callback,
        private_metadata: 'p/t/C1',
        state: { values: { field: { field: given } } },
      },
    });
    const common = { kind: 'form', team: 'T1', user: 'U1', triggerId: '1.2', view: 'V1', about: 'p/t/C1' };
    const words = { type: 'plain_text_input', value: 'Hello' };
    const chosen = { type: 'static_select', selected_option: { text: { text: 'Ben' }, value: 'person:ben' } };
    const day = { type: 'datepicker', selected_date: '2026-12-04' };
    const ticked = { type: 'checkboxes', selected_options: [{ text: { text: 'Restore' }, value: 'on' }] };
    const empty = { type: 'plain_text_input', value: null };
    for (const [given, value] of [
      [words, 'Hello'],
      [chosen, 'person:ben'],
      [day, '2026-12-04'],
      [ticked, 'on'],
      [{ type: 'checkboxes', selected_options: [] }, ''],
      [empty, ''],
    ] as const)
      expect(parse(submitted('action', given), self)).to.deep.equal({
        ...{ ...common, form: 'action', values: { field: value } },
      });
    expect(parse(submitted('somebody.else', words), self)).to.include({ kind: 'unsupported' });
  });

  it('reads a shortcut of ours in the menu of a message, with its author’s own words', () => {
    const used = (callback: string, message: object) => ({
      ...{ type: 'message_action', team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: '1.2', callback_id: callback },
      response_url: 'https://hooks.example/1',
      ...{ channel: { id: 'C1', name: 'launch' }, message: { ts: '7.1', ...message } },
    });
    const common = {
      ...{ kind: 'message_shortcut', team: 'T1', user: 'U1', triggerId: '1.2', channel: 'C1' },
      responseUrl: 'https://hooks.example/1',
    };
    const reply = used('message.task', { user: 'U2', text: 'Bake *it*', thread_ts: '6.1' });
    expect(parse(reply, self)).to.deep.equal({
      ...{ ...common, shortcut: 'message.task' },
      message: { ts: '7.1', threadTs: '6.1', user: 'U2', text: 'Bake *it*' },
    });
    const posted = used('message.decision', { user: 'U3', bot_id: 'B1', username: 'Robo', text: 'Sold out' });
    expect(parse(posted, self)).to.deep.equal({
      ...{ ...common, shortcut: 'message.decision' },
      message: { ts: '7.1', appName: 'Robo', text: 'Sold out' },
    });
    expect(parse(used('somebody.else', { user: 'U2' }), self)).to.include({ kind: 'unsupported' });
  });

  it('reads a changed user', () => {
    expect(read('user-change')).to.deep.include({
      kind: 'user_changed',
      user: {
        id: 'U0ANN0001',
        name: 'ann',
        realName: 'Ann Lee',
        displayName: 'Ann',
        isBot: false,
        deleted: false,
        admin: false,
        guest: false,
        stranger: false,
        teams: ['T0SKEIN01'],
        email: 'ann@example.com',
        title: 'Head of sales',
        timeZone: 'Europe/Berlin',
      },
    });
  });

  it('reads revoked tokens', () => {
    expect(read('tokens-revoked')).to.deep.include({ kind: 'tokens_revoked', users: ['U0ANN0001', 'U0SKEINBOT'] });
  });

  it('reads a button, keyed by its trigger', () => {
    const button = read('block-actions');
    expect(button).to.deep.equal({
      kind: 'button',
      team: 'T0SKEIN01',
      user: 'U0ANN0001',
      triggerId: '1795220900123.111.aaa111',
      actionId: 'pod.make',
      value: 'C0LAUNCH1',
      channel: 'C0LAUNCH1',
      responseUrl: 'https://hooks.slack.com/actions/T0SKEIN01/1/abc',
    });
    expect(keyOf(button)).to.equal('slack:action:1795220900123.111.aaa111');
  });

  it('reads a click on the Home tab; its lane is the person', () => {
    const choice = read('block-actions-home');
    expect(choice).to.include({ kind: 'button', value: '' });
    expect(laneOf(choice)).to.equal('slack:T0SKEIN01:U0ANN0001');
  });

  it('reads a slash command', () => {
    const command = read('slash-command');
    expect(command).to.include({
      kind: 'command',
      command: '/skein',
      text: 'tasks',
      user: 'U0ANN0001',
      channel: 'C0LAUNCH1',
    });
    expect(keyOf(command)).to.equal('slack:action:1795221000123.111.ccc111');
  });

  it('says what is wrong with a payload that it cannot read, and gives it one key', () => {
    const body = payload('message-channel');
    const broken = { ...body, event: { ...(body.event as object), ts: 42 } };
    const inbound = parse(broken, self);
    expect(inbound).to.include({ kind: 'malformed', team: 'T0SKEIN01' });
    expect(inbound.kind === 'malformed' && inbound.problem).to.match(
      /^Slack sent a message that can't be read \("ts": .+\)/,
    );
    expect(keyOf(inbound)).to.equal('slack:event:Ev0MSG0001');
    expect(keyOf(parse('nonsense', self))).to.equal(keyOf(parse('nonsense', self)));
    expect(keyOf(parse('nonsense', self))).to.not.equal(keyOf(parse('other', self)));
  });

  it('prefers the workspace that the app is in over the one that a shared channel comes from', () => {
    const inbound = parse({ ...payload('message-channel'), team_id: 'T0OTHER', context_team_id: 'T0SKEIN01' }, self);
    expect(inbound.team).to.equal('T0SKEIN01');
  });

  it('never throws, and always has a key and a lane, whatever comes', () => {
    const types = ['event_callback', 'block_actions', 'view_submission', 'view_closed', 'message_action', 'other'];
    const events = [
      'message',
      'app_mention',
      'member_joined_channel',
      'channel_rename',
      'user_change',
      'tokens_revoked',
      'x',
    ];
    const subtypes = ['message_changed', 'message_deleted', 'bot_message', 'file_share', 'thread_broadcast', 'odd'];
    const maybe = (value: fc.Arbitrary<unknown>) => fc.oneof(value, fc.jsonValue());
    const keys = [
      'ts',
      'channel',
      'user',
      'text',
      'message',
      'previous_message',
      'files',
      'event_ts',
      'edited',
      'tokens',
    ];
    const event = fc
      .tuple(
        fc.constantFrom(...events),
        fc.constantFrom(undefined, ...subtypes),
        fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()),
      )
      .map(([type, subtype, rest]) => ({ ...rest, type, subtype }));
    const body = fc.record(
      {
        type: maybe(fc.constantFrom(...types)),
        command: fc.jsonValue(),
        event: maybe(event),
        event_id: maybe(fc.string()),
        team_id: maybe(fc.string()),
        team: fc.jsonValue(),
        user: maybe(fc.record({ id: fc.string() })),
        trigger_id: maybe(fc.string()),
        actions: fc.jsonValue(),
        view: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const check = (value: unknown) => {
      const inbound = parse(value, self);
      expect(keyOf(inbound)).to.match(/^slack:./s);
      expect(laneOf(inbound)).to.match(/^slack:./s);
      expect(keyOf(parse(structuredClone(value), self))).to.equal(keyOf(inbound));
    };
    fc.assert(fc.property(fc.jsonValue(), check));
    fc.assert(fc.property(body, check), { numRuns: 1_000 });
  });
});
