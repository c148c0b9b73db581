// Whether a run may go on by the conversation: a person has stopped it, people have paused it, or one has its work.
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { withheldIn } from '../../pods/conversations/words/withheld.ts';
import type { Store } from '../../store/port.ts';
import { changeSession, type SessionDoc } from '../sessions/session.ts';
import type { Wake } from './deps.ts';
import type { Run } from './load-run.ts';

/** Returns the run with what people have done to it; undefined if it may go on. */
export async function withheldRun({ read, store }: { read: Reader; store: Store }, run: Run): Promise<Run | undefined> {
  return withheldBy(store, run, await read.get(CONVERSATIONS, run.session.conversation));
}

/** As above, by the conversation as it was read. */
export async function withheldBy(store: Store, run: Run, doc: ConversationDoc | undefined): Promise<Run | undefined> {
  const session = await stopInLog(store, run.session, run.wake, doc);
  if (session !== run.session) return { ...run, session };
  return isWithheld(doc, run.session.agent) ? { ...run, over: true, withheld: true } : undefined;
}

export function isWithheld(doc: ConversationDoc | undefined, agent: string): boolean {
  return withheldIn(doc?.atWork, agent) !== undefined;
}

/**
 * A stop that stands in the log counts before its delivery is carried. Returns the session as it is then; the same object
 * if the log has no stop that the session does not know.
 */
export async function stopInLog(
  store: Store,
  session: SessionDoc,
  { seq }: Pick<Wake, 'seq'>,
  doc: ConversationDoc | undefined,
): Promise<SessionDoc> {
  const stopped = doc?.atWork?.find(({ agent }) => agent === session.agent)?.stopped ?? 0;
  if (stopped <= seq || session.stoppedAt >= stopped) return session;
  // There was work to stop: this run.
  const known = await changeSession(store, session.id, (now) =>
    now.stoppedAt >= stopped ? now : { ...now, stoppedAt: stopped, stoppedWork: true },
  );
  return known ?? session;
}
