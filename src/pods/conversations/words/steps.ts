// The calls of a run that wait for the yes of people who go with every step, and those that have it. Pure.
import type { AgentId } from '../../../log/participant.ts';

/** One exact call: its key, and the hash of its action and input. */
export interface StepCall {
  key: string;
  hash: string;
}

/** The newest list that people were asked about. */
export interface Steps {
  /** The question that lists the calls. */
  question: string;
  /** The calls in the order of the list. `yes`: they may be made. */
  asks: (StepCall & { yes?: true })[];
  /** Set if the run has come to a checkpoint: then nothing else is done before the answer. */
  checkpoint?: true;
  /** Set once the question is over. What it allowed counts until the run ends. */
  over?: true;
  /** The calls of earlier lists that may be made, each with the question that allowed it. */
  earlier?: (StepCall & { question?: string })[];
}

export type StepChange =
  | { type: 'steps_listed'; agent: AgentId; question: string; calls: StepCall[]; checkpoint?: true }
  /** `allowed`: the positions of the calls that may be made. A changed answer takes back what it does not name. */
  | { type: 'steps_answered'; agent: AgentId; question: string; allowed: number[] }
  /** The task at whose checkpoint the agent waits was given to the agent `to`, which waits there now. Absent: nobody does. */
  | { type: 'steps_handed_on'; agent: AgentId; question: string; to?: AgentId };

/** All calls that may be made, the oldest first. */
export function allowedIn(steps: Steps | undefined): (StepCall & { question?: string })[] {
  if (!steps) return [];
  const { question, asks, earlier = [] } = steps;
  return [...earlier, ...asks.filter(({ yes }) => yes).map(({ key, hash }) => ({ key, hash, question }))];
}

export function isAllowed(steps: Steps | undefined, { key, hash }: StepCall): boolean {
  return allowedIn(steps).some((one) => one.key === key && one.hash === hash);
}

/** True if the list asks about all of these calls. */
export function listsAll(steps: Steps | undefined, calls: readonly StepCall[]): boolean {
  return calls.every(({ key, hash }) => steps?.asks.some((one) => one.key === key && one.hash === hash));
}
