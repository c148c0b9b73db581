// Which other pods a direct conversation has read: the gate keeps their words from whoever can't read those pods.

import type { Reader } from '../../log/action.ts';
import { ORG } from '../../pods/members/rights.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { Store } from '../../store/port.ts';
import { changeSession, type SessionDoc } from './session.ts';

/** The session remembers whose words it holds before it holds any: afterwards they stay here, whatever the model says. */
export async function markRead(store: Store, session: SessionDoc, pods: readonly string[]): Promise<void> {
  const others = pods.filter((pod) => pod !== session.pod && pod !== ORG);
  if (!others.length) return;
  await changeSession(store, session.id, (doc) => {
    const sources = [...new Set([...(doc.sources ?? []), ...others])];
    return sources.length === doc.sources?.length ? doc : { ...doc, sources };
  });
}

/** In a person's own pod, gives a session the sources of all sessions there: a message it reads may hold words of any of them. */
export async function markReadHere(store: Store, read: Reader, session: SessionDoc): Promise<void> {
  if (!(await read.get(PODS, session.pod))?.direct) return;
  const sessions = await store.collection<SessionDoc>('sessions').find({ where: { pod: session.pod } });
  await markRead(
    store,
    session,
    sessions.flatMap(({ sources = [] }) => sources),
  );
}
