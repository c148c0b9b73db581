// Shows Slack's own Stop button in a thread while any agent works there.
import { reasonOf, UserFacingError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Persona } from '../../slack/send/post.ts';
import type { Sender, SessionStatus } from '../../slack/send/send.ts';

export interface Thread {
  channel: string;
  threadTs: string;
}

interface ThreadState {
  atWork: Set<string>;
  shown?: SessionStatus;
}

/** Call the returned function when an agent starts or ends. It throws Retryable if Slack must be called again. */
export function makeStopButton({
  sender,
  logger,
}: {
  sender: Pick<Sender, 'setSession'>;
  logger: Logger;
}): (thread: Thread, session: string, works: boolean, persona: Persona) => Promise<void> {
  const states = new Map<string, ThreadState>();
  let refused = false;

  return async (thread, session, works, persona) => {
    if (refused) return;
    const id = `${thread.channel}:${thread.threadTs}`;
    const state: ThreadState = states.get(id) ?? { atWork: new Set() };
    states.set(id, state);
    if (works) state.atWork.add(session);
    else state.atWork.delete(session);
    const status: SessionStatus = state.atWork.size ? 'processing' : 'active';
    if (state.shown !== status) {
      try {
        await sender.setSession({ ...thread, status, ...persona });
        state.shown = status;
      } catch (error) {
        if (!(error instanceof UserFacingError)) throw error;
        // The workspace has no agent sessions, so the run continues without a button.
        refused = true;
        logger.info('Slack shows no stop button', { reason: reasonOf(error) });
      }
    }
    if (!state.atWork.size) states.delete(id);
  };
}
