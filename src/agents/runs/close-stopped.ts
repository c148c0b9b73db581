// Closes the transcript of a run that a person has stopped.
import { NOTHING } from '../sessions/sendable.ts';
import type { Step } from '../sessions/transcript.ts';
import { appendHeard } from './append-heard.ts';
import { refusal, resultOf } from './calls/call-tools.ts';
import type { RunDeps } from './deps.ts';
import { earsOf } from './ears/ears.ts';
import { positionOf, type Run } from './load-run.ts';
import { append, silent } from './write.ts';

/**
 * Closes open calls and turns, so that the next run finds a complete transcript. The person who stopped the run gets
 * the answer from `halt`.
 */
export async function closeStopped(deps: RunDeps, run: Run, next: Step): Promise<Run> {
  const open = stillOpen(next);
  if (open.length)
    return appendHeard(deps, run, open, {
      messages: [],
      settled: [],
      position: positionOf(run),
      heardUpTo: earsOf(run).upTo,
      people: [],
      shows: {},
    });
  if (run.turns.at(-1)?.role === 'user')
    return append(deps, run, { ...silent(NOTHING, run.turns), stopped: run.session.stoppedAt });
  const ending = run.record.ending ?? { as: 'stopped', by: run.session.stoppedAt };
  return { ...run, record: { ...run.record, ending }, over: true };
}

function stillOpen(next: Step): object[] {
  if (next.kind === 'resume') return [{ type: 'text', text: 'A person stopped you.' }];
  if (next.kind !== 'call') return [];
  const unsure = refusal('A person stopped you, perhaps after this was done: look before you try again.');
  return next.uses.map(({ id }) => resultOf(id, unsure));
}
