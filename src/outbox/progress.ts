// The working line under a thread while an agent works: progress only, at most once, never in the work's way.
import type { Progress } from '../agents/run.ts';
import type { SessionDoc } from '../agents/session.ts';
import { reasonOf } from '../errors.ts';
import type { Reader } from '../pods/action.ts';
import type { Sender } from '../slack/send.ts';
import { personaOf } from './slack-posts.ts';

/** Slack forgets a status after two minutes. */
const RENEW_MS = 90_000;

interface Shown {
  text: string;
  timer: NodeJS.Timeout;
}

export function slackProgress(deps: {
  read: Reader;
  sender: Sender;
  log(phrase: string, fields: Record<string, unknown>): void;
}): Progress & { stop(): void } {
  const shown = new Map<string, Shown>();

  async function send(session: SessionDoc, status: string): Promise<void> {
    try {
      const conversation = await deps.read.get('conversations', session.conversation);
      if (conversation?.place.kind !== 'slack' || !conversation.place.thread) return;
      const { channel, thread: threadTs } = conversation.place;
      await deps.sender.setStatus({ channel, threadTs, status, ...(await personaOf(deps.read, session.agent)) });
    } catch (error) {
      deps.log('status not shown', { session: session.id, reason: reasonOf(error) });
    }
  }

  function end(id: string): boolean {
    const before = shown.get(id);
    if (before) clearInterval(before.timer);
    return shown.delete(id);
  }

  return {
    show(session, text) {
      if (shown.get(session.id)?.text === text) return;
      end(session.id);
      const timer = setInterval(() => void send(session, text), RENEW_MS);
      timer.unref();
      shown.set(session.id, { text, timer });
      void send(session, text);
    },
    clear(session) {
      if (end(session.id)) void send(session, '');
    },
    stop() {
      for (const id of [...shown.keys()]) end(id);
    },
  };
}
