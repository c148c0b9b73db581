// The document of a run: its steps, its tokens and its outcome. The agents' code writes it beside the log; actions only
// read it.
import type { AgentId } from '../../log/participant.ts';
import { type Ref, ref, type ViewDoc } from '../../log/view.ts';

/**
 * `id`: the id of the wake. `seq`: the number of the commit that woke the run. Contains ids, numbers and names of
 * tools, but no text of people.
 */
export interface RunDoc extends ViewDoc {
  conversation: string;
  agent: AgentId;
  /**
   * The root of the conversation when the run began: the commit that caused it. Runs with the same root share a budget.
   */
  root: string;
  /** When the run began, in milliseconds since 1970. */
  at: number;
  state: 'working' | 'waiting' | 'ended';
  /** Set while the run waits: until when and for which service, for which questions, or until people let it go on. */
  waits?:
    | { until: number; for: 'model' | 'service' }
    | { for: 'questions'; questions: string[] }
    /** People have paused it, or have taken its work over. Who: the conversation says. */
    | { for: 'people' };
  endedAt?: number;
  ending?: Ending;
  /** The id of the newest answer that the run posted. */
  message?: string;
  /** The number of answers of the model. */
  turns: number;
  /** Tokens, except those read from the prompt cache. Budgets count these. */
  tokens: number;
  cached: number;
  /** The newest turn that is counted. After a crash it prevents a turn from being counted twice. */
  counted?: { epoch: number; n: number };
  /** The newest steps only. */
  steps: RunStep[];
  /** The message in the thread that shows what the run does. Absent: it was short. */
  card?: string;
  /** A sentence for people, shown below the answer: why earlier messages of the thread could not be read. */
  lacks?: string;
  /** The tasks of the agent that an answer of the run passes over, by their numbers. `answer`: which one. */
  unbegun?: { answer: string; tasks: number[] };
}

/** One answer of the model. */
export interface RunStep {
  n: number;
  at: number;
  /** The names of the tools that the model called, without duplicates. */
  tools: string[];
  tokens: number;
}

export type Ending =
  | { as: 'answered' }
  /** The agent had nothing to say. */
  | { as: 'silent' }
  | { as: 'paused'; budget: 'run' | 'root' | 'day' }
  /** `by`: the number of the commit that stopped the run. */
  | { as: 'stopped'; by: number }
  | { as: 'failed'; why: 'refused' | 'gave_up' };

export const RUNS: Ref<RunDoc> = ref<RunDoc>('runs');

/** The states of a run that has not ended. */
export const LIVE: readonly RunDoc['state'][] = ['working', 'waiting'];

/** True for a run that was woken for what another run had heard already. Nobody needs to read of it. */
export function didNothing({ state, ending, turns }: Pick<RunDoc, 'state' | 'ending' | 'turns'>): boolean {
  return state === 'ended' && ending?.as === 'silent' && turns === 0;
}
