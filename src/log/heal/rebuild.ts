// Rebuilds the views of a pod from its commits, in slices, so that other work goes on meanwhile.
import type { Collection, CollectionSpec, Store } from '../../store/port.ts';
import { type Commit, commitId } from '../commit.ts';
import { byDocument, type Folded, fold, type Head, post, raise, stopAtUnknown, type Views } from '../fold.ts';
import { canonical } from '../ids.ts';
import { viewOf } from '../kind.ts';
import type { ViewDoc } from '../view.ts';

/**
 * Rebuilds the views of a pod from its commits. Readers always see the old or the new document. Stops at the commit up
 * to which the views were made; later commits are applied as usual. Delivers nothing. No other process may commit to
 * the pod meanwhile. Returns the number of the last commit. `pause`: lets other work go on, if it is time for that.
 */
export async function rebuild(views: Views, pod: string, pause = pauses()): Promise<number> {
  const { store, kinds } = views;
  const commits = store.collection<Commit>('commits');
  const upTo = (await store.collection<Head>('heads').get(pod))?.applied ?? Number.POSITIVE_INFINITY;
  const made = new Map<string, Folded>();
  let last = 0;
  for (let seq = 1; ; seq++) {
    await pause();
    const commit = await commits.get(commitId(pod, seq));
    if (!commit) break;
    stopAtUnknown(kinds, commit);
    // Without a head nobody knows which deliveries were saved, so a pending commit is left to the sweep.
    if (seq > upTo || (commit.pending && upTo === Number.POSITIVE_INFINITY)) break;
    for (const [at, changes] of byDocument(commit)) {
      const view = changes[0]?.on;
      const doc = fold(kinds, made.get(at)?.doc, changes, commit);
      if (view && doc) made.set(at, { view, doc });
    }
    last = seq;
  }
  for (const folded of made.values()) {
    await pause();
    await putRight(store, folded);
  }
  for (const kind of kinds.values()) {
    const isStranger = ({ id, seq }: ViewDoc) => seq <= last && !made.has(`${kind.ref.name} ${id}`);
    await removeStrangers(store.collection<ViewDoc>(kind.ref.name), viewOf(kind), { pod, isStranger, pause });
  }
  const all = [...made.values()];
  for (let from = 0; from < all.length; from += POSTED) {
    await pause();
    await post(views, all.slice(from, from + POSTED));
  }
  await store.search.clear(pod, { ids: new Set(all.map(({ doc }) => doc.id)), upTo: last });
  await raise(store, pod, last);
  return last;
}

/** Writes a rebuilt document, unless a newer commit has changed it meanwhile. */
async function putRight(store: Store, { view, doc }: Folded): Promise<void> {
  const collection = store.collection<ViewDoc>(view);
  for (;;) {
    const live = await collection.get(doc.id);
    if (live && (live.seq > doc.seq || same(live, doc))) return;
    const written = live
      ? await collection.replace({ ...doc, rev: live.rev + 1 }, live.rev)
      : (await collection.insert([doc]))[0] === 'inserted';
    if (written) return;
  }
}

function same(a: ViewDoc, b: ViewDoc): boolean {
  return canonical({ ...a, rev: 0 }) === canonical({ ...b, rev: 0 });
}

/**
 * Removes the documents of a view that no commit made. A view with many documents in one pod has an index along which they
 * are read page by page.
 */
async function removeStrangers(
  collection: Collection<ViewDoc>,
  { indexes }: CollectionSpec,
  { pod, isStranger, pause }: { pod: string; isStranger(doc: ViewDoc): boolean; pause(): Promise<void> },
): Promise<void> {
  const isPaged = indexes.some(({ fields: [first, second] }) => first === 'pod' && second === 'seq');
  let last: ViewDoc | undefined;
  do {
    await pause();
    const docs: ViewDoc[] = await collection.find({
      where: { pod },
      ...(isPaged ? { sort: [['seq', 'asc']], limit: READ } : {}),
      ...(last ? { after: last } : {}),
    });
    for (const doc of docs) if (isStranger(doc)) await collection.delete(doc.id);
    last = isPaged && docs.length === READ ? docs.at(-1) : undefined;
  } while (last);
}

/** The documents of one read, and those whose search postings are written together. */
const READ = 500;
const POSTED = 100;

/** How long the rebuild works before it lets other work go on, in milliseconds. */
const SLICE_MS = 10;

/** Reads of the embedded store do not wait for anything, so without a pause nothing else would happen meanwhile. */
function pauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise<void>((goOn) => setImmediate(goOn));
    since = performance.now();
  };
}
