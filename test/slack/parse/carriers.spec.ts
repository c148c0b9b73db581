// One message, whichever app carried it: three apps in a channel are told of it, and it is one and the same.
import { expect } from 'chai';
import fc from 'fast-check';
import { keyOf, type Self } from '../../../src/slack/parse/inbound.ts';
import { parse } from '../../../src/slack/parse/parse.ts';

const self: Self = {
  ...{ botUserId: 'U0MAIN', botId: 'B0MAIN', appId: 'A0MAIN' },
  agents: [
    { agent: 'scribe', botUserId: 'U0SCRIBE', botId: 'B0SCRIBE', appId: 'A0SCRIBE' },
    { agent: 'scout', botUserId: 'U0SCOUT', botId: 'B0SCOUT', appId: 'A0SCOUT' },
  ],
};
const CARRIERS = [undefined, 'scribe', 'scout'] as const;
type Carrier = (typeof CARRIERS)[number];

function carried(carrier: Carrier, event: object, id = `Ev${carrier ?? 'main'}`) {
  const body = { type: 'event_callback', team_id: 'T1', event_id: id, api_app_id: `A0${carrier}`, event };
  return parse(body, { ...self, ...(carrier ? { carrier } : {}) });
}

const posted = (fields: object) => ({
  ...{ type: 'message', channel: 'C1', channel_type: 'channel', ts: '1.000100', user: 'U0BEN', text: 'hello' },
  ...fields,
});

describe('a message that several apps carried', () => {
  const messages: [name: string, event: object][] = [
    ['a message', posted({})],
    ['a mention of the main app', posted({ text: '<@U0MAIN> hello' })],
    ['a mention of an agent', posted({ text: '<@U0SCRIBE> hello', client_msg_id: 'c1' })],
    ['a reply', posted({ thread_ts: '1.000001' })],
    ['a subtype never seen before', posted({ subtype: 'brand_new', text: '<@U0SCRIBE> hello' })],
    ['a message that was also sent to the channel', posted({ subtype: 'thread_broadcast', thread_ts: '1.000001' })],
    [
      'another app’s message',
      posted({ user: undefined, subtype: 'bot_message', bot_id: 'B0MON', username: 'Monitor' }),
    ],
    [
      'an edit',
      { ...posted({ subtype: 'message_changed', event_ts: '2.1', message: posted({ edited: { ts: '2.0' } }) }) },
    ],
    ['a deletion', posted({ subtype: 'message_deleted', event_ts: '2.1', deleted_ts: '1.000100' })],
  ];
  for (const [name, event] of messages)
    it(`is the same through each of them: ${name}`, () => {
      const [first, ...others] = CARRIERS.map((carrier) => carried(carrier, event));
      expect(first?.kind).to.match(/^(message_|app_message)/);
      for (const other of others) expect(other).to.deep.equal(first);
    });

  it('is nobody’s if one of our own apps posted it, whoever carried it', () => {
    const own = [
      posted({ user: 'U0SCRIBE', bot_id: 'B0SCRIBE', app_id: 'A0SCRIBE', text: '<@U0SCOUT> your turn' }),
      posted({ user: undefined, subtype: 'bot_message', bot_id: 'B0MAIN', app_id: 'A0MAIN', username: 'Pilot' }),
      posted({ user: undefined, bot_id: 'B0OTHER', app_id: 'A0SCOUT' }),
    ];
    for (const event of own)
      for (const carrier of CARRIERS)
        expect(carried(carrier, event)).to.include({ kind: 'ignored', reason: 'our own message' });
  });

  it('is one item of the inbox, over 10,000 shuffled deliveries with some lost', () => {
    const people = ['U0BEN', 'U0ADA'];
    const message = fc.record({ n: fc.nat({ max: 40 }), user: fc.constantFrom(...people), agent: fc.nat({ max: 3 }) });
    const delivery = fc.record({ of: fc.nat(), carrier: fc.constantFrom(...CARRIERS), mention: fc.boolean() });
    let deliveries = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(message, { minLength: 1, maxLength: 12, selector: ({ n }) => n }),
        fc.array(delivery, { minLength: 30, maxLength: 80 }),
        (said, given) => {
          const called = ['<@U0MAIN> ', '<@U0SCRIBE> ', '<@U0SCOUT> ', ''];
          const items = new Map<string, unknown>();
          const seen = new Set<number>();
          for (const [n, { of, carrier, mention }] of given.entries()) {
            const one = said[of % said.length];
            if (!one) continue;
            const ts = `1.${String(one.n).padStart(6, '0')}`;
            const event = posted({ ts, user: one.user, text: `${called[one.agent]}hello`, client_msg_id: `c${one.n}` });
            // A mention comes once more, as an event of its own, which does not say what kind of channel it is.
            const { channel_type: _, ...rest } = event;
            const inbound = carried(carrier, mention ? { ...rest, type: 'app_mention' } : event, `Ev${n}`);
            if (inbound.kind !== 'message_posted') throw new Error(`not a message: ${inbound.kind}`);
            const { channelType: _type, ...same } = inbound;
            const key = keyOf(inbound);
            if (items.has(key)) expect(same).to.deep.equal(items.get(key));
            items.set(key, same);
            seen.add(one.n);
            deliveries += 1;
          }
          expect(items.size).to.equal(seen.size);
          expect([...items.keys()].every((key) => /^slack:T1:C1:1\.\d{6}$/.test(key))).to.equal(true);
        },
      ),
      { numRuns: 350 },
    );
    expect(deliveries).to.be.greaterThan(10_000);
  });
});

describe('an event that one app alone is told of', () => {
  it('is of the agent with whose own app it is: joins, leaves, Stop, and tokens that were taken away', () => {
    const at = { channel: 'C1' };
    const joined = { type: 'member_joined_channel', ...at, user: 'U0SCRIBE', inviter: 'U0ADA' };
    for (const carrier of CARRIERS)
      expect(carried(carrier, joined)).to.include({
        kind: 'agent_joined',
        agent: 'scribe',
        channel: 'C1',
        by: 'U0ADA',
      });
    expect(carried(undefined, { type: 'member_left_channel', ...at, user: 'U0SCOUT' })).to.include({
      ...{ kind: 'agent_left', agent: 'scout' },
    });
    expect(carried('scribe', { type: 'channel_left', ...at })).to.include({ kind: 'agent_left', agent: 'scribe' });
    expect(carried(undefined, { type: 'channel_left', ...at })).to.include({ kind: 'app_left' });
    const stop = { type: 'agent_session_stopped', ...at, user: 'U0BEN', thread_ts: '1.1' };
    expect(carried('scribe', stop)).to.include({ kind: 'session_stopped', agent: 'scribe' });
    expect(carried(undefined, stop)).not.to.have.property('agent');
    expect(carried('scribe', { type: 'tokens_revoked', tokens: { bot: ['U0SCRIBE'] } })).to.include({
      agent: 'scribe',
    });
    expect(carried('scout', { type: 'app_uninstalled' })).to.include({ kind: 'app_uninstalled', agent: 'scout' });
  });

  it('counts only through the main app if it is about the channel or its people, and says so', () => {
    const events = [
      { type: 'member_joined_channel', channel: 'C1', user: 'U0BEN' },
      { type: 'member_left_channel', channel: 'C1', user: 'U0BEN' },
      { type: 'channel_rename', channel: { id: 'C1', name: 'oven' } },
      { type: 'channel_archive', channel: 'C1' },
      { type: 'user_change', user: { id: 'U0BEN', name: 'ben' } },
    ];
    for (const event of events) {
      expect(carried('scribe', event)).to.include({ kind: 'ignored', reason: 'the main app is told of it too' });
      expect(carried(undefined, event).kind).not.to.equal('ignored');
    }
  });
});
