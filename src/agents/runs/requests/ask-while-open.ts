// Asks the model only while the run is open.
import type { RunDeps } from '../deps.ts';
import { isOpen, openRun } from '../ears/open-run.ts';
import { loadRun, type Run } from '../load-run.ts';
import { withheldBy } from '../withheld.ts';
import { askModel } from './ask-model.ts';

/** A run is closed here only if that happened after it took in what it asks about, or by the turn of an earlier version. */
export async function askWhileOpen(deps: RunDeps, run: Run): Promise<Run> {
  const doc = run.conversation;
  const withheld = await withheldBy(deps.store, run, doc);
  if (withheld) return withheld;
  if (!doc || isOpen(doc, run.session.agent)) return askModel(deps, run);
  await openRun(deps, run, doc);
  return loadRun(deps, run, run.turns);
}
