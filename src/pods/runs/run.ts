// The document of a run: its steps, its tokens and how it ended. Agents write it beside the log; actions only read it.
import type { AgentId } from '../../log/participant.ts';
import { type Ref, ref, type ViewDoc } from '../../log/view.ts';

/** Under the id of the wake. No words of people stand in it: ids, numbers and names of tools. `seq` is the commit that woke it. */
export interface RunDoc extends ViewDoc {
  conversation: string;
  agent: AgentId;
  /** The commit that set it off: of the conversation, as the run began. Runs of one root share a budget. */
  root: string;
  /** When it began, in milliseconds since 1970. */
  at: number;
  state: 'working' | 'waiting' | 'ended';
  /** While it waits: until when, and for what. */
  waits?: { until: number; for: 'model' | 'service' };
  endedAt?: number;
  ending?: Ending;
  /** The newest message it answered with. */
  message?: string;
  /** Turns of the model. */
  turns: number;
  /** Tokens that were not read from the prompt cache: budgets count these. */
  tokens: number;
  cached: number;
  /** The newest turn among these numbers: each is counted once, however often the run is healed. */
  counted?: { epoch: number; n: number };
  /** The newest of them. */
  steps: RunStep[];
  /** A sentence for people, under its answer: earlier messages of the thread could not be read. */
  lacks?: string;
}

/** One turn of the model. */
export interface RunStep {
  n: number;
  at: number;
  /** The tools that it asked for, each once. */
  tools: string[];
  tokens: number;
}

export type Ending =
  | { as: 'answered' }
  /** Nothing was to be said. */
  | { as: 'silent' }
  | { as: 'paused'; budget: 'run' | 'root' | 'day' }
  /** `by`: the commit that asked for it. */
  | { as: 'stopped'; by: number }
  | { as: 'failed'; why: 'refused' | 'gave_up' };

export const RUNS: Ref<RunDoc> = ref<RunDoc>('runs');

/** Not over. */
export const LIVE: readonly RunDoc['state'][] = ['working', 'waiting'];
