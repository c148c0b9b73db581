// 10,000 shuffled deliveries by three apps, with some lost and some repeated after the message was handled: every message is on
// the log once, and wakes the agent that it names once.
import { expect } from 'chai';
import fc from 'fast-check';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import type { SlackContext } from '../../../src/doors/slack/context.ts';
import { handleItem } from '../../../src/doors/slack/route.ts';
import { saveSlack } from '../../../src/inbox/save-slack.ts';
import { laneSpecs } from '../../../src/lanes/item.ts';
import { makeQueue } from '../../../src/lanes/queue.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { slackPodId } from '../../../src/log/place.ts';
import { makeReader } from '../../../src/log/read.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import type { Self } from '../../../src/slack/parse/inbound.ts';
import { silent } from '../../logs.ts';
import { aWorld } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';

const SELF: Self = {
  ...{ botUserId: 'U0MAIN', botId: 'B0MAIN', appId: 'A0MAIN' },
  agents: [
    { agent: 'scribe', botUserId: 'U0SCRIBE', botId: 'B0SCRIBE', appId: 'A0SCRIBE' },
    { agent: 'pilot', botUserId: 'U0PILOT', botId: 'B0PILOT', appId: 'A0PILOT' },
  ],
};
const CARRIERS = [undefined, 'scribe', 'pilot'] as const;
const CALLED = ['', '<@U0SCRIBE> ', '<@U0PILOT> '];
const HOME = {
  pod: slackPodId('T1', 'C1'),
  origin: { kind: 'slack', team: 'T1', channel: 'C1' } as const,
  account: (handle: string) => `slack:T1:U${handle.toUpperCase()}`,
};

interface Message {
  n: number;
  user: string;
  called: number;
  /** A foreign app under the name of a person. */
  foreign: boolean;
}
interface Delivery {
  of: number;
  carrier: (typeof CARRIERS)[number];
  mention: boolean;
  /** All that was saved is handled after this one. */
  handled: boolean;
}

describe('deliveries of the same messages by three Slack apps', function () {
  this.timeout(120_000);

  async function aSlack() {
    const store = memoryStore([...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, ...laneSpecs('inbox')]);
    const world = await aWorld({ store, home: HOME });
    const queue = makeQueue(store, 'inbox', () => world.clock.now);
    const slack = {
      ...{ act: world.act, read: makeReader(store), queue, logger: silent, identity: { teamId: 'T1', ...SELF } },
      through: (agent: string) => ({ ...slack, carrier: agent }),
    } as unknown as SlackContext;
    let ids = 0;
    return {
      world,
      async deliver({ n, user, called, foreign }: Message, { carrier, mention }: Delivery) {
        const by = foreign ? { bot_id: 'B0MONITOR', app_id: 'A0MONITOR', username: 'Ada' } : { user };
        const said = {
          ...by,
          ts: `1.${String(n).padStart(6, '0')}`,
          text: `${CALLED[called]}word ${n}`,
          channel: 'C1',
        };
        const event = mention
          ? { type: 'app_mention', ...said }
          : { type: 'message', channel_type: 'channel', ...said };
        const body = { type: 'event_callback', team_id: 'T1', event_id: `Ev${++ids}`, event };
        await saveSlack(queue, { ...SELF, ...(carrier ? { carrier } : {}) }, [body], silent);
      },
      async handleAll() {
        for (const item of await queue.items.find({ where: { lane: 'slack:T1:C1' } })) await handleItem(slack, item);
      },
    };
  }

  it('commit each message once, and wake once whoever it names, over 10,000 of them', async () => {
    const message = fc.record({
      ...{ n: fc.nat({ max: 60 }), user: fc.constantFrom('UADA', 'UBEN'), called: fc.nat({ max: 2 }) },
      foreign: fc.boolean(),
    });
    const delivery = fc.record({
      ...{ of: fc.nat(), carrier: fc.constantFrom(...CARRIERS), mention: fc.boolean() },
      handled: fc.integer({ min: 0, max: 19 }).map((lot) => lot === 0),
    });
    let deliveries = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(message, { minLength: 1, maxLength: 8, selector: ({ n }) => n }),
        fc.array(delivery, { minLength: 50, maxLength: 80 }),
        async (said, given) => {
          const { world, deliver, handleAll } = await aSlack();
          const heard = new Set<Message>();
          for (const one of given) {
            const which = said[one.of % said.length] as Message;
            heard.add(which);
            await deliver(which, one);
            deliveries += 1;
            if (one.handled) await handleAll();
          }
          await handleAll();
          const posted = (await world.commits()).flatMap(({ changes }) =>
            changes.filter(({ type }) => type === 'message_posted'),
          ) as unknown as { places: string[] }[];
          expect(posted.flatMap(({ places }) => places).sort()).to.deep.equal(
            [...heard].map(({ n }) => `slack:T1:C1:1.${String(n).padStart(6, '0')}`).sort(),
          );
          const woken = world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []));
          const wanted = [...heard].flatMap(({ called, foreign }) =>
            foreign || !called ? [] : [called === 1 ? world.scribe : world.pilot],
          );
          expect(woken.sort()).to.deep.equal(wanted.sort());
        },
      ),
      { numRuns: 165, endOnFailure: true },
    );
    expect(deliveries).to.be.greaterThan(10_000);
  });
});
