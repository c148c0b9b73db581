// Ends a run that has heard everything, by a commit: a word that comes before it is heard first.
import { Held } from '../../../errors.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { atWorkIn } from '../../../pods/conversations/words/at-work.ts';
import type { Heard } from '../../sessions/hearing/hear.ts';
import type { RunDeps } from '../deps.ts';
import type { Run } from '../load-run.ts';
import { earsOf } from './ears.ts';

/**
 * Ends a run that takes in nothing more, such as one whose budget is used up: what was said meanwhile is heard by the run that a
 * person’s next word begins.
 */
export async function endAnyway(deps: RunDeps, run: Run): Promise<void> {
  await endHeard(deps, run, { heardUpTo: Number.MAX_SAFE_INTEGER });
}

/** Returns false if there is a word that `heard` does not hold. */
export async function endHeard(deps: RunDeps, run: Run, { heardUpTo }: Pick<Heard, 'heardUpTo'>): Promise<boolean> {
  const { session, turns, wake } = run;
  const { pod, agent, conversation, epoch } = session;
  // The answer has ended it already, or a person has stopped it.
  if (!atWorkIn((await deps.read.get(CONVERSATIONS, conversation))?.atWork, agent)) return true;
  try {
    await deps.act({
      ...{ pod, actor: agent, via: 'model', action: 'end_run', input: { conversation } },
      key: `${wake.id}:end:${epoch}:${turns.length}:${heardUpTo}`,
      ears: { ...earsOf(run, true), upTo: heardUpTo },
    });
    return true;
  } catch (error) {
    if (error instanceof Held) return false;
    throw error;
  }
}
