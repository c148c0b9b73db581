// The sentences of Skein below an answer of an agent: what it could not read, and which of its tasks the answer passes over.
import { passedOver } from '../../../pods/runs/unbegun.ts';
import type { TurnDoc } from '../../sessions/session.ts';
import type { RunDeps } from '../deps.ts';
import type { Run } from '../load-run.ts';
import { keep } from '../record.ts';

/** Stores which of its tasks the answer passes over, so that a retry gives the same answer. */
export async function withUnbegun(deps: RunDeps, run: Run, turn: TurnDoc, words: string): Promise<Run> {
  const of = answerKey(turn);
  if (run.record.unbegun?.answer === of) return run;
  const { conversation, agent, answered = 0 } = run.session;
  const given = { after: answered, until: turn.position };
  const tasks = await passedOver(deps.read, { conversation, agent, given }, words);
  return tasks.length ? keep(deps, run, (doc) => ({ ...doc, unbegun: { answer: of, tasks } })) : run;
}

/** The sentences of Skein below an answer. */
export function notesBelow({ texts }: RunDeps, { record: { lacks, unbegun } }: Run, turn: TurnDoc): string[] {
  const left = unbegun?.answer === answerKey(turn) ? unbegun.tasks.map((number) => `#${number}`).join(', ') : '';
  return [...(lacks ? [lacks] : []), ...(left ? [texts.fill('agent-notices', 'not-begun', { tasks: left })] : [])];
}

export function answerKey({ epoch, n }: TurnDoc): string {
  return `answer:${epoch}:${n}`;
}
