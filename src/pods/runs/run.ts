// The document of a run: its steps, its tokens and its outcome. Written by agents beside the log; actions only read it.
import type { AgentId } from '../../log/participant.ts';
import { type Ref, ref, type ViewDoc } from '../../log/view.ts';

/** The id is that of the wake, `seq` the number of the commit that woke it. Contains ids, numbers and names of tools; no text of people. */
export interface RunDoc extends ViewDoc {
  conversation: string;
  agent: AgentId;
  /** The root of the conversation when the run began: the commit that caused it. Runs with the same root share a budget. */
  root: string;
  /** When it began, in milliseconds since 1970. */
  at: number;
  state: 'working' | 'waiting' | 'ended';
  /** While it waits: until when, and for which service; or for which questions. */
  waits?: { until: number; for: 'model' | 'service' } | { for: 'questions'; questions: string[] };
  endedAt?: number;
  ending?: Ending;
  /** The id of its newest answer. */
  message?: string;
  /** Answers of the model. */
  turns: number;
  /** Tokens, without those read from the prompt cache. Budgets count these. */
  tokens: number;
  cached: number;
  /** The newest turn that is counted. After a crash no turn is counted twice. */
  counted?: { epoch: number; n: number };
  /** The newest steps only. */
  steps: RunStep[];
  /** For people, below its answer: why earlier messages of the thread could not be read. */
  lacks?: string;
}

/** One answer of the model. */
export interface RunStep {
  n: number;
  at: number;
  /** Names of the tools it asked for, without duplicates. */
  tools: string[];
  tokens: number;
}

export type Ending =
  | { as: 'answered' }
  /** It had nothing to say. */
  | { as: 'silent' }
  | { as: 'paused'; budget: 'run' | 'root' | 'day' }
  /** `by`: the number of the commit that stopped it. */
  | { as: 'stopped'; by: number }
  | { as: 'failed'; why: 'refused' | 'gave_up' };

export const RUNS: Ref<RunDoc> = ref<RunDoc>('runs');

/** The states of a run that has not ended. */
export const LIVE: readonly RunDoc['state'][] = ['working', 'waiting'];
