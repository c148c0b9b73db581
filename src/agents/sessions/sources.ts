// Records which other pods the sessions of a DM have read. The gate keeps the content of those pods from people who
// can't read them.

import type { Reader } from '../../log/action.ts';
import { ORG } from '../../pods/members/rights.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { Store } from '../../store/port.ts';
import { changeSession, type SessionDoc } from './session.ts';

/**
 * Adds `pods` to the sources of a session. Called before their content enters the session, so that a crash in between
 * loses no source.
 */
export async function markRead(store: Store, session: SessionDoc, pods: readonly string[]): Promise<void> {
  const others = pods.filter((pod) => pod !== session.pod && pod !== ORG);
  if (!others.length) return;
  await changeSession(store, session.id, (doc) => {
    const sources = [...new Set([...(doc.sources ?? []), ...others])];
    return sources.length === doc.sources?.length ? doc : { ...doc, sources };
  });
}

/** In a DM, adds to a session the sources of all sessions of that DM, because any message there may quote them. */
export async function markReadHere(store: Store, read: Reader, session: SessionDoc): Promise<void> {
  if (!(await read.get(PODS, session.pod))?.direct) return;
  const sessions = await store.collection<SessionDoc>('sessions').find({ where: { pod: session.pod } });
  await markRead(
    store,
    session,
    sessions.flatMap(({ sources = [] }) => sources),
  );
}
