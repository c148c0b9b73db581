// Lets several actors take their steps on one store in an order that a seed decides. Each step is one read or write.
import type { Random } from '../../../protocol/random.ts';

/** A process, or a person at a door of their own. */
export interface Actor {
  /** Awaited before and after each access of the store. */
  step(): Promise<void>;
  /** From now on, each step of the actor throws. */
  kill(): void;
}

export const KILLED = 'killed';

export function makeScheduler(random: Random) {
  const waiting: { go(): void; die(): void; of: object }[] = [];
  const dead = new Set<object>();
  const broken: unknown[] = [];
  let live = 0;

  function actor(): Actor {
    const of = {};
    return {
      step: () =>
        new Promise((resolve, reject) => {
          const die = () => reject(new Error(KILLED));
          if (dead.has(of)) die();
          else waiting.push({ go: resolve, die, of });
        }),
      kill: () => {
        dead.add(of);
        for (const one of waiting.splice(0)) one.of === of ? one.die() : waiting.push(one);
      },
    };
  }

  /** Runs one actor's work. Returns false if it was killed, or failed, which `untilIdle` throws. */
  function begin(work: () => Promise<unknown>): Promise<boolean> {
    live += 1;
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
      // Everything that follows from the last step without a further one is done by then.
      await new Promise(setImmediate);
      if (step > 200_000) throw new Error('The history does not end.');
      each(step);
      if (broken.length) throw broken[0];
      if (live === 0) return;
      waiting.splice(random.below(waiting.length), 1)[0]?.go();
    }
  }

  return { actor, begin, untilIdle };
}
