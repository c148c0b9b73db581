// Runs one history: processes that act, carry deliveries and look at the clock, while people come and go, and Slack and mail are away at times.
import { gate } from '../../../../src/agents/gate/gate.ts';
import { SESSION_SPECS } from '../../../../src/agents/specs.ts';
import { makePoll } from '../../../../src/due/poll.ts';
import { Retryable } from '../../../../src/errors.ts';
import { laneSpecs } from '../../../../src/lanes/item.ts';
import { type Act, type ActDeps, type ActRequest, makeAct } from '../../../../src/log/act.ts';
import { LOG_SPECS } from '../../../../src/log/fold.ts';
import { sweep } from '../../../../src/log/heal/sweep.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { OUTBOX_SPECS } from '../../../../src/outbox/specs.ts';
import { ACTIONS } from '../../../../src/pods/actions.ts';
import { meaningWith } from '../../../../src/pods/decide.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../../src/pods/kinds.ts';
import { digests } from '../../../../src/pods/subscriptions/due.ts';
import { silent } from '../../../logs.ts';
import { type Random, randomOf } from '../../../protocol/random.ts';
import { makeScheduler, type Process } from '../../../protocol/scheduler.ts';
import { copied, storeOf } from '../../../protocol/stage.ts';
import { type MemoryData, memoryData, memoryStore } from '../../../store/memory.ts';
import { aWorld, type Home } from '../../build.ts';
import { commitsIn } from './checks/commits.ts';
import { carryAll, type Lanes, makeLanes } from './lanes.ts';
import type { Cast } from './making.ts';
import { makeOutside, type Outside, type Woken, waysOut } from './outside.ts';
import type { Variant } from './variants.ts';
import { wishOf } from './wishes.ts';
import { turnOf } from './wishes-agents.ts';

const SPECS = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, ...OUTBOX_SPECS, ...laneSpecs('inbox')];
const HOME: Home = {
  pod: 'p_launch',
  origin: { kind: 'slack', team: 'T1', channel: 'C1' },
  account: (handle) => (handle === 'gil' ? 'mail:gil@team.test' : `slack:T1:U0${handle.toUpperCase()}`),
};
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/**
 * How often the clock is moved on to what is due next. Nobody acts any more by then, and each item, task and question is due a few
 * times at most: a task twice, a question three times, an item once and after each of the days with enough messages.
 */
const MOST_HOPS = 150;

export interface Begun {
  data: MemoryData;
  cast: Cast;
  now: number;
}

export interface History {
  data: MemoryData;
  cast: Cast;
  outside: Outside;
  lanes: Lanes;
  /** Faults seen on the way, at moments when nothing was under way. */
  faults: string[];
  counts: { cuts: number; refused: number; acts: number };
  /** The end, in milliseconds since 1970. */
  now: number;
}

export async function beginning(): Promise<Begun> {
  const data = memoryData();
  const world = await aWorld({ store: memoryStore(SPECS, { data }), home: HOME });
  const { pod, ada, ben, gil, scribe, pilot } = world;
  await world.does('skein', 'add_member', { who: 'scribe' }).catch(() => undefined);
  const address = 'gil@team.test';
  const facts = { name: 'Gil Torres', handle: 'gil', role: 'guest', account: `mail:${address}`, email: address };
  await world.does('skein', 'register_person', facts);
  return { data, cast: { pod, ada, ben, gil, scribe, pilot }, now: world.clock.now };
}

interface Life extends Process {
  act: Act;
  deps: ActDeps;
  look(): Promise<void>;
  carry(): Promise<void>;
}

export async function runHistory(
  seed: number,
  variant: Variant,
  begun: Begun,
  calm: (data: MemoryData, now: number) => string[],
  trace?: string[],
): Promise<History> {
  const random = randomOf(seed);
  const { cast } = begun;
  const data = copied(begun.data);
  const clock = { now: begun.now };
  const outside = makeOutside(seed);
  const lanes = makeLanes();
  const counts: History['counts'] = { cuts: 0, refused: 0, acts: 0 };
  const faults: string[] = [];
  const open = new Map<Process, Set<ActRequest>>();
  const scheduler = makeScheduler({ random, onKill, trace });
  const chances = {
    kill: random.pick([0, 0.004, 0.02]),
    lose: random.pick([0, 0.004, 0.02]),
    turn: random.pick([1, 0.2]),
  };
  const pace: Pace = random.pick(['mixed', 'mixed', 'busy', 'early'] as const);
  // The digests of a day take long to play, and without them the notices have to come.
  const withDigests = random.chance(0.35);
  const things = variant.due.filter((thing) => withDigests || thing !== digests);
  // Agents that name each other whatever they are told, until they are held back.
  const talks = random.chance(0.15);
  let turns = 0;
  /** Of the acts. */
  let n = 0;
  const skewed = random.chance(pace === 'early' ? 0.8 : 0.2);
  /** What each living process is doing. */
  const underWay = new Map<Process, number>();
  let lives = ['A', 'B', 'C'].map((name) => begin(`${name}1`));
  const somewhere = (): Life => random.pick(lives as [Life, ...Life[]]);

  function begin(name: string): Life {
    const process: Process = { name, alive: true, priority: random.next() };
    const skew = skewed ? random.pick([0, -90_000, 45_000]) : 0;
    const now = () => clock.now + skew;
    const step = async (what: string) => {
      if (random.chance(0.01)) clock.now += random.below(20_000);
      if (random.chance(0.001)) clock.now += 2 * MINUTE;
      await scheduler.step(process, what);
    };
    const store = storeOf({ name: '', specs: SPECS }, { data, step });
    const meaning = meaningWith(gate);
    const deps: ActDeps = {
      ...meaning,
      async decide(by, definition, request, base) {
        const decision = await meaning.decide(by, definition, request, base);
        return variant.decided?.(decision, request) ?? decision;
      },
      actions: variant.actions ?? ACTIONS,
      store,
      clock: now,
      async deliver(deliveries) {
        await step('before deliver');
        lanes.save(deliveries as Delivery[]);
        await step('after deliver');
      },
    };
    const act = makeAct(deps);
    const read = makeReader(store);
    const ways = waysOut({ outside, store, clock: now, lengthNow: () => lengthOfAll(data), step });
    const parts = { act: variant.act?.(act) ?? act, read, store, clock: now, logger: silent, ...ways };
    const look = makePoll({ things, act, read, clock: now, logger: silent });
    return Object.assign(process, {
      ...{ act, deps },
      look: () => look(new AbortController().signal),
      carry: () =>
        carryAll({
          parts,
          lanes,
          variant,
          by: process,
          began: (id) => outside.began.set(id, shownOf(data)),
        }),
    });
  }

  function onKill(killed: Process): void {
    const place = lives.indexOf(killed as Life);
    if (place < 0) return;
    lanes.free(killed);
    const [, number = '1'] = /(\d+)$/.exec(killed.name) ?? [];
    lives = lives.with(place, begin(`${killed.name[0]}${Number(number) + 1}`));
    for (const request of open.get(killed) ?? []) if (random.chance(0.7)) ask(request);
  }

  function go(work: Promise<unknown>, of: Process): void {
    underWay.set(of, (underWay.get(of) ?? 0) + 1);
    const ended = () => {
      underWay.set(of, (underWay.get(of) ?? 0) - 1);
      scheduler.moved();
    };
    work.then(ended, (error: unknown) => {
      ended();
      if (!(error instanceof Retryable)) faults.push(`It broke: ${error instanceof Error ? error.stack : error}`);
    });
  }

  function ask(request: ActRequest): void {
    const life = somewhere();
    const asked = open.get(life) ?? new Set();
    open.set(life, asked.add(request));
    counts.acts += 1;
    const done = life.act(request).then(
      () => void asked.delete(request),
      (error: unknown) => {
        asked.delete(request);
        if (error instanceof Retryable) ask(request);
        else counts.refused += 1;
      },
    );
    go(done, life);
  }

  /** Everything under way goes on until it has ended. */
  async function run(chance = chances): Promise<void> {
    do counts.cuts += await scheduler.run(chance);
    while (lives.some((life) => underWay.get(life)) && (await new Promise((resolve) => setImmediate(resolve, true))));
  }

  function work(): void {
    for (const life of lives) {
      if (random.chance(0.7)) go(life.carry(), life);
      if (random.chance(0.5)) go(life.look(), life);
      if (random.chance(0.3)) go(sweep(life.deps, clock.now), life);
    }
  }

  const CALM = { kill: 0, lose: 0, turn: 1 };

  /** Until all that is due is done. The lanes wait only where their service is away. */
  async function drain(): Promise<void> {
    for (let rounds = 0; rounds < 30; rounds++) {
      const before = lengthOfAll(data) + outside.arrived.length;
      lanes.wakeUp();
      for (const life of lives) {
        go(sweep(life.deps, clock.now + 10 * MINUTE), life);
        await run(CALM);
        go(life.carry(), life);
        await run(CALM);
        clock.now += 1001;
        go(life.look(), life);
        await run(CALM);
      }
      if (lengthOfAll(data) + outside.arrived.length === before) return;
    }
    faults.push('It does not come to rest.');
  }

  /** Some of the agents that were woken since act, in a circle all of them. */
  function takeTurns(): void {
    for (; turns < outside.woken.length; turns++) {
      const woken = outside.woken[turns] as Woken;
      if (talks || random.chance(0.6))
        ask({ pod: cast.pod, key: `w${++n}`, ...turnOf({ random, cast, data, n }, woken, talks) });
    }
  }

  const phases = (pace === 'busy' ? 10 : 4) + random.below(7);
  for (let phase = 0; phase < phases; phase++) {
    for (let wishes = 1 + random.below(3); wishes > 0; wishes--) ask(wishOf(random, cast, data, ++n));
    work();
    await run();
    if (random.chance(0.25)) outside.away.slack = !outside.away.slack;
    if (random.chance(0.25)) outside.away.mail = !outside.away.mail;
    if ((outside.away.slack || outside.away.mail) && random.chance(0.3)) {
      // It stays away for more than an hour, while people go on.
      clock.now += 61 * MINUTE + random.below(240 * MINUTE);
      lanes.wakeUp();
      ask(wishOf(random, cast, data, ++n));
      work();
      await run();
    }
    if (random.chance(0.4)) {
      work();
      await run();
    }
    takeTurns();
    const rest = !outside.away.slack && !outside.away.mail && random.chance(0.6);
    if (rest) {
      await drain();
      faults.push(...calm(data, clock.now));
    }
    clock.now += passing(random, pace, clock.now);
    lanes.wakeUp();
  }
  outside.away = Object.assign(outside.away, { slack: false, mail: false });
  for (let hops = 0; ; hops++) {
    if (talks) takeTurns();
    await drain();
    faults.push(...calm(data, clock.now));
    if (talks && turns < outside.woken.length) continue;
    const next = nextDue(data);
    if (next === undefined) break;
    if (hops === MOST_HOPS) faults.push('There is always something due.');
    if (hops === MOST_HOPS) break;
    clock.now = Math.max(clock.now, next + 2 * MINUTE);
  }
  return { data, cast, outside, lanes, faults: [...new Set(faults)], counts, now: clock.now };
}

type Pace = 'mixed' | 'busy' | 'early';

/** A busy history happens on one day, an early one around the minute in which people's hours begin. */
function passing(random: Random, pace: Pace, now: number): number {
  if (pace === 'busy') return 3 * MINUTE + random.below(20 * MINUTE);
  if (pace === 'early' && random.chance(0.7)) {
    const eight = Math.floor(now / DAY) * DAY + 8 * 60 * MINUTE;
    const next = eight - random.below(2.5 * MINUTE) - now;
    return next > 0 ? next : random.chance(0.5) ? random.below(MINUTE) : next + DAY;
  }
  const [from, to] = random.pick([
    [1, 30_000],
    [MINUTE, 4 * MINUTE],
    [4 * MINUTE, 40 * MINUTE],
    [MINUTE * 60, MINUTE * 600],
    [MINUTE * 600, MINUTE * 3000],
  ]);
  return from + random.below(to - from);
}

/** The next moment at which Skein does something of itself, the digests aside. */
function nextDue({ docs }: MemoryData): number | undefined {
  const fields = [
    ['tellings', 'dueAt'],
    ['hearings', 'until'],
    ['tasks', 'dueAt'],
    ['questions', 'dueAt'],
  ] as const;
  const times = fields.flatMap(([view, field]) =>
    [...(docs.get(view)?.values() ?? [])].flatMap((doc) => (doc as unknown as Record<string, number>)[field] || []),
  );
  return times.length ? Math.min(...times) : undefined;
}

function lengthOfAll({ docs }: MemoryData): number {
  return docs.get('commits')?.size ?? 0;
}

/** The number of commits that every view shows: the views may be behind the logs, and whoever reads them decides by what they show. */
function shownOf(data: MemoryData): number {
  const pending = commitsIn(data).findIndex((commit) => commit.pending);
  return pending < 0 ? lengthOfAll(data) : pending;
}
