// Erasing: what a commit says is gone goes from bodies, search, blobs and transcripts; doing it twice is no error.
import { forget } from '../agents/open-session.ts';
import { changeSession, type IntentDoc, type SessionDoc } from '../agents/session.ts';
import type { Delivery } from '../pods/commit.ts';
import { isAgent } from '../pods/participant.ts';
import type { VersionDoc } from '../pods/views/file.ts';
import type { Store } from '../store/port.ts';

export async function eraseAll(store: Store, delivery: Extract<Delivery, { kind: 'erase' }>): Promise<void> {
  const { pod, bodies, postings, blobs, conversations } = delivery;
  if (bodies.length) await store.bodies.remove(bodies);
  if (postings.length) await store.search.remove(postings);
  for (const hash of blobs) if (!(await isShown(store, pod, hash))) await store.blobs.remove(pod, hash);
  for (const conversation of conversations) await forgetConversation(store, conversation);
}

/** Equal contents are one blob: a file put since the erasure was decided may show it. Erased versions have no hash. */
async function isShown(store: Store, pod: string, hash: string): Promise<boolean> {
  const [version] = await store.collection<VersionDoc>('versions').find({ where: { pod, hash }, limit: 1 });
  return version !== undefined;
}

/** The sessions of the conversation go on in a new epoch, which reads what the log still says. */
async function forgetConversation(store: Store, conversation: string): Promise<void> {
  const sessions = store.collection<SessionDoc>('sessions');
  const intents = store.collection<IntentDoc>('intents');
  for (const session of await sessions.find({ where: { conversation } })) {
    if (!isAgent(session.agent)) continue;
    const next = await changeSession(store, session.id, (doc) => ({ ...doc, epoch: doc.epoch + 1, loaded: [] }));
    if (next) await forget(store, session.id, next.epoch - 1);
    for (const intent of await intents.find({ where: { session: session.id } })) await intents.delete(intent.id);
  }
}
