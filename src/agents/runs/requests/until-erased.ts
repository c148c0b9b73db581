// Holds a request to the model back while words are erased that it could contain.
import { setTimeout } from 'node:timers/promises';
import type { SessionDoc } from '../../sessions/session.ts';
import type { RunDeps } from '../deps.ts';
import { loadRun, type Run } from '../load-run.ts';

const LOOK_MS = 100;

/**
 * Returns undefined if the run's transcript may be sent now. Otherwise waits until the words are gone, and returns the
 * run with the transcript that is left; the run decides its next step anew.
 */
export async function untilErased(deps: RunDeps, run: Run): Promise<Run | undefined> {
  const { session, signal } = run;
  // The turn was appended just now, and this was looked at with it.
  if (run.unerased && !signal.aborted) return undefined;
  let waited = false;
  while (!signal.aborted && (await deps.erasing(session.pod))) {
    waited = true;
    await setTimeout(LOOK_MS);
  }
  if (waited || signal.aborted) return loadRun(deps, run);
  // Read last: an erasure that ended before has raised the epoch.
  const now = await deps.store.collection<SessionDoc>('sessions').get(session.id);
  return now && now.epoch > session.epoch ? loadRun(deps, run) : undefined;
}
