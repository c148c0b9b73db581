// Opens a run by a commit of its own, before the model is asked: where the commit that woke the agent has not opened it, or the run
// that it opened is over.
import { Held } from '../../../errors.ts';
import type { ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { atWorkIn } from '../../../pods/conversations/words/at-work.ts';
import type { RunDeps } from '../deps.ts';
import type { Run } from '../load-run.ts';

/** True if there is nothing to open. */
export function isOpen({ atWork }: ConversationDoc, agent: string): boolean {
  return atWorkIn(atWork, agent) !== undefined;
}

/**
 * The caller looks again how things stand, whatever comes of it: people may stop or pause the agent at the same moment, or another
 * process may open the run. `doc`: the conversation as it was read.
 */
export async function openRun(
  { act }: Pick<RunDeps, 'act'>,
  { session, wake }: Pick<Run, 'session' | 'wake'>,
  doc: Pick<ConversationDoc, 'seq'>,
): Promise<void> {
  const { pod, agent, conversation } = session;
  try {
    await act({
      ...{ pod, actor: agent, via: 'model', action: 'open_run', input: { conversation, woken: wake.seq } },
      key: `${wake.id}:open:${wake.seq}:${doc.seq}`,
    });
  } catch (error) {
    if (!(error instanceof Held)) throw error;
  }
}
