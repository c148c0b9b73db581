// The reader that `load` gets: views by name, texts, blobs, commits.

import type { Query, Store, Where } from '../store/port.ts';
import type { Reader } from './action.ts';
import type { Text } from './body.ts';
import { type Commit, commitId } from './commit.ts';
import type { Head } from './fold.ts';
import type { Ref, ViewDoc } from './view.ts';

export function makeReader(store: Store): Reader {
  return {
    get: <D extends ViewDoc>({ name, upcast }: Ref<D>, id: string) => {
      const doc = store.collection<D>(name).get(id);
      return upcast ? doc.then((stored) => stored && upcast(stored)) : doc;
    },
    find: <D extends ViewDoc>({ name, upcast }: Ref<D>, query: Query<D>) => {
      const docs = store.collection<D>(name).find(query);
      return upcast ? docs.then((stored) => stored.map(upcast)) : docs;
    },
    count: <D extends ViewDoc>({ name }: Ref<D>, where: Where<D>, most: number) =>
      store.collection<D>(name).count(where, most),
    texts: async (ids) => new Map([...(await bodiesOf(store, ids))].map(([id, { text }]) => [id, text])),
    labelled: (ids) => bodiesOf(store, ids),
    search: (pod, text, limit) => store.search.query(pod, text, limit),
    commits: (pod, from, to) => readCommits(store, pod, from, to),
    head: async (pod) => (await store.collection<Head>('heads').get(pod))?.applied ?? 0,
    blob: (pod, hash) => readBlob(store, pod, hash),
  };
}

/**
 * Returns a reader that calls `note` with the id of each body and the hash of each blob that is read, also of those that are not
 * there.
 */
export function notingReader(read: Reader, note: (id: string) => void): Reader {
  const noteAll = (ids: readonly (string | undefined)[]) => {
    for (const id of ids) if (id) note(id);
  };
  return {
    ...read,
    texts(ids) {
      noteAll(ids);
      return read.texts(ids);
    },
    labelled(ids) {
      noteAll(ids);
      return read.labelled(ids);
    },
    blob(pod, hash) {
      note(hash);
      return read.blob(pod, hash);
    },
  };
}

/** The cast is safe: the store treats a label as any JSON, but only `ctx.text` writes labels. */
function bodiesOf(store: Store, ids: readonly (string | undefined)[]): Promise<Map<string, Text>> {
  return store.bodies.get(ids.filter((id): id is string => Boolean(id))) as Promise<Map<string, Text>>;
}

async function readCommits(store: Store, pod: string, from: number, to: number): Promise<Commit[]> {
  const log = store.collection<Commit>('commits');
  if (to - from < 8) {
    const each = await Promise.all(
      Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => log.get(commitId(pod, from + i))),
    );
    return each.filter((commit) => commit !== undefined);
  }
  return log.find({ where: { pod, seq: { gte: from, lte: to } }, sort: [['seq', 'asc']] });
}

async function readBlob(store: Store, pod: string, hash: string): Promise<Uint8Array | undefined> {
  const content = await store.blobs.open(pod, hash);
  if (!content) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
