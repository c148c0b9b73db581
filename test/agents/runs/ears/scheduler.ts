// Lets several actors take their steps on one store in an order that a seed decides. Each step is one read or write.
import type { Random } from '../../../protocol/random.ts';

/** A process, or a person at a door of their own. */
export interface Actor {
  /** Awaited before each access of the store. `times`: it lets so many steps pass, and does nothing in them. */
  step(times?: number): Promise<void>;
  /** From now on, each step of the actor throws. */
  kill(): void;
}

/** An actor before its next step. */
interface Waiting {
  of: Actor;
  left: number;
  go(): void;
  die(error: Error): void;
}

export const KILLED = 'killed';

/**
 * Resolves once everything is done that follows from the last step without a further one. A tick comes after all jobs of
 * promises, and costs a tenth of a round of the event loop. `beyond`: nobody waits for a step, so a timer or a socket has
 * the word.
 */
function settled(beyond: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (beyond) setImmediate(resolve);
    else process.nextTick(resolve);
  });
}

export function makeScheduler(random: Random) {
  const waiting: Waiting[] = [];
  const dead = new Set<Actor>();
  const broken: unknown[] = [];
  let live = 0;
  /** True if somebody has moved since all was settled. */
  let moved = true;

  function actor(): Actor {
    const of: Actor = {
      step: (left = 1) =>
        new Promise((go, die) => {
          if (dead.has(of)) die(new Error(KILLED));
          else if (left > 0) waiting.push({ of, left, go, die });
          else go();
        }),
      kill: () => {
        moved = true;
        dead.add(of);
        for (const one of waiting.splice(0))
          if (one.of === of) one.die(new Error(KILLED));
          else waiting.push(one);
      },
    };
    return of;
  }

  /** Runs one actor's work. Returns false if it was killed, or failed, which `untilIdle` throws. */
  function begin(work: () => Promise<unknown>): Promise<boolean> {
    live += 1;
    moved = true;
    return work()
      .then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Error && error.message.includes(KILLED))) broken.push(error);
          return false;
        },
      )
      .finally(() => {
        live -= 1;
      });
  }

  /** Lets them take one step after another until all are through. `each`: called before each step; it may begin more. */
  async function untilIdle(each: (step: number) => void): Promise<void> {
    for (let step = 0; ; step++) {
      if (moved || !waiting.length) await settled(!waiting.length);
      moved = false;
      if (step > 200_000) throw new Error('The history does not end.');
      each(step);
      if (broken.length) throw broken[0];
      if (live === 0) return;
      const at = random.below(waiting.length);
      const next = waiting[at];
      if (!next || --next.left > 0) continue;
      waiting.splice(at, 1);
      moved = true;
      next.go();
    }
  }

  return { actor, begin, untilIdle };
}
