// Makes a pod's log long in seconds: inserts copies of a real commit and its views in bulk.

import { type Commit, commitId } from '../src/log/commit.ts';
import { fold, type Head } from '../src/log/fold.ts';
import { idOf, randomId, sha256 } from '../src/log/ids.ts';
import type { ViewDoc } from '../src/log/view.ts';
import { CONVERSATIONS } from '../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../src/pods/conversations/message.ts';
import { type Change, changesOf, KINDS } from '../src/pods/kinds.ts';
import type { Core } from '../src/start/core.ts';
import { type BenchPod, type Stage, say } from './stage.ts';

/** Messages per thread, on average. */
export const THREAD = 50;
const BATCH = 2000;
const WORDS = 'mill flour box van loaf price order label Tuesday Friday plan ring road holiday pause shop'.split(' ');

/** A sentence of some length. Deterministic by `n`. */
export function sentence(n: number): string {
  return Array.from({ length: 12 + (n % 9) }, (_, i) => WORDS[(n * 7 + i * i * 5) % WORDS.length]).join(' ');
}

/**
 * The pod has `size` commits afterwards. Threads 1 … stand, `THREAD` messages apart. `apart`: conversations that get no
 * message.
 */
export async function grow(
  stage: Stage,
  benchPod: BenchPod,
  size: number,
  apart: ReadonlySet<string> = new Set(),
): Promise<{ threads: number }> {
  const { core } = stage;
  const threads = Math.max(1, Math.floor(size / THREAD));
  for (let thread = 1; thread <= threads; thread++) await say(stage, benchPod, sentence(thread), thread);
  await say(stage, benchPod, sentence(0), threads + 1, 1);
  const base = await core.read.head(benchPod.pod);
  const [model] = await core.read.commits(benchPod.pod, base, base);
  const all = await core.read.find(CONVERSATIONS, { where: { pod: benchPod.pod } });
  const docs = all.filter(({ id }) => !apart.has(id));
  const conversations = new Map<string, ViewDoc>(docs.map((doc) => [doc.id, doc]));
  const ids = [...conversations.keys()];
  if (!model) throw new Error('The pod has no commits.');
  for (let from = base + 1; from <= size; from += BATCH) {
    const seqs = Array.from({ length: Math.min(BATCH, size - from + 1) }, (_, i) => from + i);
    await insert(
      core,
      seqs.map((seq) => likeIt(model, seq, ids[seq % ids.length] as string)),
      conversations,
    );
  }
  const views = core.store.collection<ViewDoc>(CONVERSATIONS.name);
  for (const doc of conversations.values()) {
    const stands = await views.get(doc.id);
    if (stands) await views.replace(doc, stands.rev);
  }
  const heads = core.store.collection<Head>('heads');
  const head = await heads.get(benchPod.pod);
  if (head) await heads.replace({ ...head, applied: size }, head.rev);
  return { threads };
}

/** A copy of the model's message in another conversation. */
function likeIt(model: Commit, seq: number, conversation: string): Commit {
  const { pod } = model;
  const key = `grown:${seq}`;
  const message = idOf('m', pod, key, 0);
  const body = randomId('b');
  const changes = changesOf(model).map((change): Change => {
    if (change.on === 'messages' && change.type === 'message_posted')
      return { ...change, id: message, conversation, body, places: [`slack:T0:C0:${seq}.000200`] };
    return change.on === 'conversations' ? { ...change, id: conversation } : change;
  });
  const result = { message: { id: message, conversation } };
  return {
    ...model,
    id: commitId(pod, seq),
    rev: 2,
    seq,
    key,
    inputHash: sha256(key),
    changes,
    result,
    pending: false,
  };
}

async function insert(core: Core, commits: readonly Commit[], conversations: Map<string, ViewDoc>): Promise<void> {
  const messages: ViewDoc[] = [];
  for (const commit of commits)
    for (const change of commit.changes) {
      const next = fold(
        KINDS,
        change.on === 'conversations' ? conversations.get(change.id) : undefined,
        [change],
        commit,
      );
      if (!next) throw new Error(`${change.type} made nothing.`);
      if (change.on === 'conversations') conversations.set(change.id, { ...next, rev: 1 });
      else messages.push(next);
    }
  const { pod } = commits[0] as Commit;
  const texts = messages.map((doc) => ({ doc, text: sentence(doc.seq) }));
  const { store } = core;
  await store.bodies.put(texts.map(({ doc, text }) => ({ id: (doc as unknown as { body: string }).body, pod, text })));
  await store.collection<Commit>('commits').insert(commits);
  await store.collection<ViewDoc>(MESSAGES.name).insert(messages);
  await store.search.put(
    texts.map(({ doc, text }) => ({ id: doc.id, pod, seq: doc.seq, kind: 'message', text, at: Date.now(), rank: 1 })),
  );
}
