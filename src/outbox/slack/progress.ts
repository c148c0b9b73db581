// Shows a status line under a thread while an agent works. Each status is sent at most once, and a failure never blocks
// the run.

import type { Progress } from '../../agents/runs/deps.ts';
import type { SessionDoc } from '../../agents/sessions/session.ts';
import { Retryable } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { type Logger, logFailure } from '../../logger.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { makeStopButton, type Thread } from './stop-button.ts';
import { type Speaking, voiceIn } from './voices/voice.ts';

/** The interval at which a status is sent again, because Slack clears it after two minutes. */
const RENEW_MS = 90_000;
const AGAIN_MS = 2_000;
const MOST_TRIES = 5;

export interface ProgressDeps {
  read: Reader;
  slack: Speaking;
  logger: Logger;
}

/**
 * One agent's status line: the text it should show and the text it shows. Sends one status at a time, and only the
 * newest.
 */
interface Line {
  session: SessionDoc;
  wanted: string;
  shown: string;
  tries: number;
  sending?: Promise<void> | undefined;
  /** The timer of the next renewal or retry. */
  next?: NodeJS.Timeout | undefined;
}

export function slackProgress(deps: ProgressDeps): Progress & { stop(): Promise<void> } {
  const lines = new Map<string, Line>();
  const stopButton = makeStopButton(deps);

  function wish(line: Line, text: string): void {
    line.wanted = text;
    line.tries = 0;
    send(line);
  }

  function send(line: Line): void {
    clearTimeout(line.next);
    line.sending ??= keepUp(line)
      .then(
        () => afterwards(line, RENEW_MS, line.wanted !== ''),
        (error: unknown) => failed(line, error),
      )
      .finally(() => {
        line.sending = undefined;
      });
  }

  async function keepUp(line: Line): Promise<void> {
    const { id, agent } = line.session;
    const thread = await threadOf(deps.read, line.session);
    if (!thread) return;
    const voice = await voiceIn(deps, { pod: line.session.pod, channel: thread.channel, by: agent });
    while (line.shown !== line.wanted) {
      const status = line.wanted;
      await stopButton(thread, id, status !== '', voice);
      await voice.sender.setStatus({ ...thread, status, ...voice.persona });
      line.shown = status;
    }
  }

  function failed(line: Line, error: unknown): void {
    line.tries += 1;
    logFailure(deps.logger, 'info', 'status not shown', error, { session: line.session.id });
    const wait = error instanceof Retryable ? (error.retryAfterMs ?? AGAIN_MS * line.tries) : AGAIN_MS * line.tries;
    afterwards(line, wait, error instanceof Retryable && line.tries < MOST_TRIES);
  }

  function afterwards(line: Line, ms: number, again: boolean): void {
    if (!again) {
      if (line.wanted === '') lines.delete(line.session.id);
      return;
    }
    line.next = setTimeout(() => {
      line.shown = '\0';
      send(line);
    }, ms);
    line.next.unref();
  }

  return {
    show(session, text) {
      const line = lines.get(session.id) ?? { session, wanted: '', shown: '', tries: 0 };
      lines.set(session.id, line);
      wish(line, text);
    },
    clear(session) {
      const line = lines.get(session.id);
      if (line) wish(line, '');
    },
    async stop() {
      await Promise.all([...lines.values()].map(({ sending }) => sending));
      for (const { next } of lines.values()) clearTimeout(next);
    },
  };
}

async function threadOf(read: Reader, session: SessionDoc): Promise<Thread | undefined> {
  const conversation = await read.get(CONVERSATIONS, session.conversation);
  if (conversation?.place.kind !== 'slack' || !conversation.place.thread) return undefined;
  return { channel: conversation.place.channel, threadTs: conversation.place.thread };
}
