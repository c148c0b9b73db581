// Decides, step by step and from a seed, which process goes on, which is killed and whose reply is lost.
import { Retryable } from '../../src/errors.ts';
import type { Random } from './random.ts';

/** One life of a process: after a kill another takes its place. */
export interface Process {
  name: string;
  alive: boolean;
  /** The waiting process with the highest priority goes on, so one with a low priority may be overtaken for long. */
  priority: number;
}

export interface Chances {
  /** The probability, at each step, that the process dies. */
  kill: number;
  /** The probability, at each step, that it throws Retryable, with or without its effect. */
  lose: number;
  /** The probability, at each step, that a process gets another priority. 1: always a random process. */
  turn: number;
}

export interface Scheduler {
  /** Waits until the process is picked. A dead process waits for ever. */
  step(process: Process, what: string): Promise<void>;
  /** Called when an answer came, which is progress without a step. */
  moved(): void;
  /** Runs until no process waits, with at most a few kills and lost replies. Returns their number. */
  run(chances: Chances): Promise<number>;
}

interface Parked {
  process: Process;
  what: string;
  goOn(): void;
  fail(error: Error): void;
}

type Fate = 'goes on' | 'is killed' | 'loses the reply';

interface Settings {
  random: Random;
  onKill(process: Process): void;
  /** Takes one line per step, where a schedule is to be printed. */
  trace: string[] | undefined;
}

/** An upper bound of the promise jobs between two steps. */
const LONGEST_WAY = 60;
/** A history takes a few hundred steps. More than this means an endless loop. */
const MOST_STEPS = 50_000;
const MOST_FAULTS = 4;

export function makeScheduler({ random, onKill, trace }: Settings): Scheduler {
  let parked: Parked[] = [];
  let arrivals = 0;

  /** Lets the picked process reach its next step. False if there is no progress. */
  async function settle(): Promise<boolean> {
    const seen = arrivals;
    for (let jobs = 0; jobs < LONGEST_WAY && arrivals === seen; jobs++) await undefined;
    return arrivals !== seen;
  }

  function pick({ turn }: Chances): Parked | undefined {
    if (turn >= 1) return parked[random.below(parked.length)];
    if (random.chance(turn)) {
      const turned = parked[random.below(parked.length)];
      if (turned) turned.process.priority = random.next();
    }
    const highest = Math.max(...parked.map(({ process }) => process.priority));
    const ready = parked.filter(({ process }) => process.priority === highest);
    return ready[random.below(ready.length)];
  }

  function fateOf({ kill, lose }: Chances): Fate {
    if (random.chance(kill)) return 'is killed';
    return random.chance(lose) ? 'loses the reply' : 'goes on';
  }

  function meet(picked: Parked, fate: Fate): void {
    trace?.push(`${picked.process.name} ${picked.what}${fate === 'goes on' ? '' : ` … ${fate}`}`);
    if (fate === 'goes on') picked.goOn();
    else if (fate === 'loses the reply') picked.fail(new Retryable('The connection broke.'));
    else kill(picked.process);
  }

  function kill(process: Process): void {
    process.alive = false;
    parked = parked.filter((each) => each.process !== process);
    onKill(process);
  }

  return {
    moved() {
      arrivals += 1;
    },
    step(process, what) {
      arrivals += 1;
      return new Promise((goOn, fail) => {
        if (process.alive) parked.push({ process, what, goOn, fail });
      });
    },
    async run(chances) {
      let faults = 0;
      for (let steps = 0; ; steps++) {
        if (steps > MOST_STEPS) throw new Error(`After ${MOST_STEPS} steps there still is no end.`);
        while (parked.length === 0 && (await settle()));
        const picked = pick(chances);
        if (!picked) return faults;
        parked = parked.filter((each) => each !== picked);
        const fate = faults < MOST_FAULTS ? fateOf(chances) : 'goes on';
        if (fate !== 'goes on') faults += 1;
        meet(picked, fate);
        await settle();
      }
    },
  };
}
