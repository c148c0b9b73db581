// Which emoji a person's message gets, from what the agents that it woke do about it. Pure.
import type { RunDoc } from '../../../pods/runs/run.ts';

/**
 * The emoji by Slack's names. The first that is true of one of the agents stands: what a person has to do something
 * about, then what still goes on, then how it ended.
 */
export const MARKS = {
  /** A run has parked until a person answers its question. */
  asking: 'question',
  /** People have paused the agent that has it, or have taken its work over. It waits for them. */
  paused: 'double_vertical_bar',
  /** An agent has the message: it works on it, or is about to begin. */
  working: 'eyes',
  /** The message has come, and the agent finishes an earlier step before it takes it in. */
  queued: 'hourglass_flowing_sand',
  failed: 'warning',
  stopped: 'octagonal_sign',
  answered: 'white_check_mark',
  /** The agent was called by name, has read the message, and has nothing to say. */
  silent: 'no_mouth',
} as const;

/** `unseen`: the agent was not called by name and said nothing, so nothing is left to show. */
export type State = keyof typeof MARKS | 'unseen';

const ORDER = Object.keys(MARKS) as (keyof typeof MARKS)[];

/** The marks of what goes on. They have to change once more. */
export const UNFINISHED: readonly string[] = [MARKS.asking, MARKS.paused, MARKS.working, MARKS.queued];

/**
 * The most marks that may wait to be taken away. Slack takes some twenty removals a minute, and the end of a run waits
 * behind them.
 */
export const MOST_REMOVALS = 10;

/**
 * False for a mark of work that goes on, while Slack is behind with the marks that have to go: it would have to go
 * too, and the answer itself says enough. `removals`: how many wait.
 */
export function isWorthPlacing(name: string, removals: number): boolean {
  return removals <= MOST_REMOVALS || (name !== MARKS.working && name !== MARKS.queued);
}

/** The run that has taken the message in. Undefined: it was given up before it began. */
export type MarkedRun = Pick<RunDoc, 'state' | 'waits' | 'ending'> | undefined;

export function stateOf(run: MarkedRun, called: boolean): State {
  if (!run) return 'failed';
  if (run.state !== 'ended') return WAITS[run.waits?.for ?? 'model'];
  switch (run.ending?.as) {
    case 'failed':
      return 'failed';
    case 'stopped':
    case 'paused':
      return 'stopped';
    case 'silent':
      return called ? 'silent' : 'unseen';
    case 'answered':
    case undefined:
      return 'answered';
    default:
      run.ending satisfies never;
      return 'answered';
  }
}

const WAITS = { questions: 'asking', people: 'paused', model: 'working', service: 'working' } as const;

/** True if the run is busy, so that a message waits until its next turn. A run that waits for an answer is woken. */
export function isBusy({ state, waits }: Pick<RunDoc, 'state' | 'waits'>): boolean {
  return state !== 'ended' && waits?.for !== 'questions' && waits?.for !== 'people';
}

/** Returns the one emoji for a message. Slack lets an app put each emoji once, so several agents share it. */
export function markFor(states: readonly State[]): string | undefined {
  const first = ORDER.find((one) => states.includes(one));
  return first && MARKS[first];
}
