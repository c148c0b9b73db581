// Shows Slack's own Stop button in a thread while any agent works there: the main app's, or that of an agent's own app.
import { reasonOf, UserFacingError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Sender, SessionStatus } from '../../slack/send/send.ts';
import type { Voice } from './voices/voice.ts';

export interface Thread {
  channel: string;
  threadTs: string;
}

interface ThreadState {
  atWork: Set<string>;
  shown?: SessionStatus;
}

export type StopVoice = Pick<Voice, 'persona' | 'agent'> & { sender: Pick<Sender, 'setSession'> };

/** Call the returned function when an agent starts or ends. It throws Retryable if Slack must be called again. */
export function makeStopButton({
  logger,
}: {
  logger: Logger;
}): (thread: Thread, session: string, works: boolean, voice: StopVoice) => Promise<void> {
  const states = new Map<string, ThreadState>();
  /** The apps whose workspace has no agent sessions. */
  const refused = new Set<string>();

  return async (thread, session, works, { sender, persona, agent: app = 'main' }) => {
    if (refused.has(app)) return;
    const id = `${app}:${thread.channel}:${thread.threadTs}`;
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
        refused.add(app);
        logger.info('Slack shows no stop button', { reason: reasonOf(error) });
      }
    }
    if (!state.atWork.size) states.delete(id);
  };
}
