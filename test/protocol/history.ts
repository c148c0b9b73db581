// Runs one history: three processes with concurrent acts on the same data, with kills and lost replies by the seed.

import { gate } from '../../src/agents/gate/gate.ts';
import { Retryable } from '../../src/errors.ts';
import { type Act, type ActDeps, makeAct, type Outcome } from '../../src/log/act.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { sweep } from '../../src/log/heal/sweep.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import type { Delivery } from '../../src/pods/deliveries.ts';
import type { MemoryData } from '../store/memory.ts';
import { MODEL_ACTIONS } from './actions.ts';
import { randomOf } from './random.ts';
import { makeScheduler, type Process } from './scheduler.ts';
import { appliedOf, copied, lengthOf, NOW, storeOf, type Variant } from './stage.ts';
import { NEW_POD, OPEN_POD, OPENING, type Wish, wishesOf } from './wishes.ts';

/** The answer to a request. The log had `from` commits at the request and `to` at the answer. */
export interface Answer {
  wish: Wish;
  from: number;
  to: number;
  /** The number of the last applied commit at the answer. */
  applied: number;
  said: { kind: 'done'; outcome: Outcome } | { kind: 'refused'; error: unknown };
}

export interface History {
  seed: number;
  data: MemoryData;
  wishes: readonly Wish[];
  answers: readonly Answer[];
  /** Requests to a living process that got no answer. */
  unanswered: readonly Wish[];
  /** The deliveries that were carried out, with repetitions. */
  handed: readonly Delivery[];
  /** Whether the sweep ended. */
  quiet: boolean;
  /** How many processes were killed and replies lost. */
  cuts: number;
}

interface Life extends Process {
  deps: ActDeps;
  act: Act;
  open: Set<Wish>;
}

/** A slot for a process. After a kill the next process continues. */
interface Writer {
  name: string;
  life: Life;
  lives: number;
  left: Wish[];
}

export async function runHistory(
  seed: number,
  variant: Variant,
  begun: MemoryData,
  trace?: string[],
): Promise<History> {
  const random = randomOf(seed);
  const data = copied(begun);
  const answers: Answer[] = [];
  const handed: Delivery[] = [];
  const scheduler = makeScheduler({ random, onKill: replace, trace });
  const chances = {
    kill: random.pick([0, 0.004, 0.02]),
    lose: random.pick([0, 0.004, 0.02]),
    turn: random.pick([1, 0.2, 0.05, 0.02]),
  };
  const wishes = [OPENING, ...wishesOf(random)];
  const writers = ['A', 'B', 'C'].map((name): Writer => ({ name, life: begin(`${name}1`), lives: 1, left: [] }));
  const somewhere = (): Writer => random.pick(writers as [Writer, ...Writer[]]);

  function depsOf(step?: (what: string) => Promise<void>): ActDeps {
    const deps: ActDeps = {
      ...meaningWith(gate),
      store: storeOf(variant, step ? { data, step } : { data }),
      async deliver(deliveries) {
        await step?.('before deliver');
        handed.push(...(deliveries as Delivery[]));
        await step?.('after deliver');
      },
      actions: MODEL_ACTIONS,
      clock: () => NOW,
    };
    return variant.deps?.(deps) ?? deps;
  }

  function begin(name: string): Life {
    const process: Process = { name, alive: true, priority: random.next() };
    const deps = depsOf((what) => scheduler.step(process, what));
    return Object.assign(process, { deps, act: makeAct(deps), open: new Set<Wish>() });
  }

  /** Replaces a killed process. Most of its open requests are repeated, by any process. */
  function replace(killed: Process): void {
    const writer = writers.find(({ life }) => life === killed);
    if (!writer) return;
    const { open } = writer.life;
    writer.lives += 1;
    writer.life = begin(`${writer.name}${writer.lives}`);
    for (const wish of open) if (random.chance(0.7)) void ask(somewhere().life, wish);
    if (random.chance(0.3)) sweepSomewhere();
    void work(writer);
  }

  function sweepSomewhere(): void {
    sweep(somewhere().life.deps, NOW).catch(unlessRetryable);
  }

  async function ask(life: Life, wish: Wish): Promise<void> {
    life.open.add(wish);
    const from = lengthOf(data, wish.pod);
    const said: Answer['said'] = await life.act({ ...wish, actor: 'skein', via: 'skein' }).then(
      (outcome) => ({ kind: 'done', outcome }),
      (error: unknown) => ({ kind: 'refused', error }),
    );
    scheduler.moved();
    life.open.delete(wish);
    // Not awaited: the requester goes on, even if the next process dies.
    if (said.kind === 'refused' && said.error instanceof Retryable) void ask(somewhere().life, wish);
    else answers.push({ wish, from, to: lengthOf(data, wish.pod), applied: appliedOf(data, wish.pod), said });
  }

  async function work(writer: Writer): Promise<void> {
    const inTurn = random.chance(0.7);
    for (let wish = writer.left.shift(); wish; wish = writer.left.shift()) {
      const asked = ask(writer.life, wish);
      if (inTurn) await asked;
    }
  }

  /** A rebuild by one process, sometimes with a commit pending. If it is interrupted, the next act completes it, so there must be one. */
  async function rebuildSomewhere(pod: string): Promise<number> {
    const keeping = (key: string): Wish => ({ pod, action: 'keep', input: { note: key }, key });
    const [before, after] = [keeping('before'), keeping('after')];
    wishes.push(before, after);
    void ask(somewhere().life, before);
    let cuts = await scheduler.run({ ...chances, kill: 0.04 });
    let rebuilt = false;
    rebuild(somewhere().life.deps, pod, goesOn).then(() => {
      rebuilt = true;
    }, unlessRetryable);
    cuts += await scheduler.run({ ...chances, kill: 0.02 });
    if (!rebuilt) await heal(plainly().deps);
    if (!rebuilt) await ask({ ...begin('last'), ...plainly() }, after);
    return cuts;
  }

  function plainly(): Pick<Life, 'deps' | 'act'> {
    const deps = depsOf();
    return { deps, act: makeAct(deps) };
  }

  for (const wish of wishes.slice(1)) somewhere().left.push(wish);
  for (const writer of writers) void work(writer);
  if (random.chance(0.3)) sweepSomewhere();
  let cuts = await scheduler.run(chances);
  if (random.chance(0.1)) cuts += await rebuildSomewhere(random.pick([OPEN_POD, OPEN_POD, NEW_POD]));
  const quiet = await heal(plainly().deps);
  const unanswered = writers.flatMap(({ life, left }) => [...life.open, ...left]);
  return { seed, data, wishes, answers, unanswered, handed, quiet, cuts };
}

/** A pause by the clock would make another history of the same seed. */
const goesOn = async (): Promise<void> => {};

async function heal(deps: ActDeps): Promise<boolean> {
  for (let rounds = 0; rounds < 20; rounds++) if ((await sweep(deps, NOW)) === 0) return true;
  return false;
}

/** Any other error of a sweep or a rebuild is a bug and ends the test. */
function unlessRetryable(error: unknown): void {
  if (!(error instanceof Retryable)) throw error;
}
