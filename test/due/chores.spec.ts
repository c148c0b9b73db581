// Chores run by Skein's clock, and each runs even if another fails.
import { expect } from 'chai';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import { type Chore, makeChores } from '../../src/due/chores.ts';
import { forgetDone } from '../../src/due/forget-done.ts';
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue } from '../../src/lanes/queue.ts';
import type { Fields } from '../../src/logger.ts';
import { REPLY_SPEC } from '../../src/outbox/mail/reply-address.ts';
import { SENDING_SPEC } from '../../src/outbox/slack/send-once.ts';
import type { Doc, Store } from '../../src/store/port.ts';
import { item, NOW } from '../lanes/build.ts';
import { recordingLogger } from '../logs.ts';
import { memoryStore } from '../store/memory.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('chores', () => {
  const clock = { now: NOW };
  let store: Store;
  let logged: [level: string, phrase: string, fields: Fields][];
  beforeEach(() => {
    clock.now = NOW;
    logged = [];
    store = memoryStore([
      ...[...laneSpecs('inbox'), ...laneSpecs('outbox', 'trail')],
      ...[...SESSION_SPECS, SENDING_SPEC, REPLY_SPEC],
    ]);
  });
  const houseOf = () => {
    const [inbox, outbox] = (['inbox', 'outbox'] as const).map((name) => makeQueue(store, name, () => clock.now));
    if (!inbox || !outbox) throw new Error('There are no queues.');
    return { store, inbox, outbox, logger: recordingLogger(logged) };
  };
  const doing = (chores: readonly Chore[]) => {
    const work = makeChores(chores, houseOf(), () => clock.now);
    return () => work(new AbortController().signal);
  };

  it('are done at the first look, and again when the time is over, also where the clock was set back', async () => {
    const done: number[] = [];
    const look = doing([{ name: 'sweeping', everyMs: HOUR_MS, work: async (_house, now) => void done.push(now) }]);
    for (const now of [NOW, NOW + 1000, NOW + HOUR_MS - 1, NOW + HOUR_MS, NOW + HOUR_MS + 1, NOW, NOW + 1000]) {
      clock.now = now;
      await look();
    }
    expect(done).to.deep.equal([NOW, NOW + HOUR_MS, NOW]);
  });

  it('are done where another one fails, and the log says which', async () => {
    let done = 0;
    const bad: Chore = { name: 'bad', everyMs: HOUR_MS, work: () => Promise.reject(new Error('no disk')) };
    await doing([bad, { name: 'good', everyMs: HOUR_MS, work: async () => void done++ }])();
    expect(done).to.equal(1);
    expect(logged.map(([level, phrase, { what }]) => [level, phrase, what])).to.deep.equal([
      ['error', 'chore failed', 'bad'],
    ]);
  });

  it('forget what has been done for two weeks, in both queues and beside them, and no sooner', async () => {
    const { inbox, outbox } = houseOf();
    for (const queue of [inbox, outbox]) await queue.save([item('p:1:0', { done: true }), item('p:2:0')]);
    const marks = ['p:1:0', 'p:2:0'].map((id) => ({ id, rev: 1, at: NOW }));
    await store.collection('sending').insert(marks as Doc[]);
    const look = doing([forgetDone]);
    const left = async () => {
      const all = await Promise.all(
        ['inbox', 'outbox', 'sending'].map((name) => store.collection(name).find({ where: {} })),
      );
      return all.map((docs) => docs.map(({ id }) => id).sort());
    };
    clock.now = NOW + 14 * DAY_MS - 1000;
    await look();
    expect(await left()).to.deep.equal([
      ['p:1:0', 'p:2:0'],
      ['p:1:0', 'p:2:0'],
      ['p:1:0', 'p:2:0'],
    ]);
    clock.now += HOUR_MS;
    await look();
    expect(await left(), 'what waits is kept, with its mark').to.deep.equal([['p:2:0'], ['p:2:0'], ['p:2:0']]);
  });
});
