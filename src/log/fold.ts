// Applies commits to the views.
import { Conflict } from '../errors.ts';
import type { Body, CollectionSpec, Posting, PostingVersion, Store, Write } from '../store/port.ts';
import type { BodyRef } from './body.ts';
import { type AnyDelivery, type Commit, labelOf } from './commit.ts';
import type { AnyKind, Kinds } from './kind.ts';
import type { AnyChange, Meta, ViewDoc } from './view.ts';

/** The newest version of a change that this program can read. A pod whose log has a newer one is stopped. */
const CHANGE_VERSION = 2;

/** The collections of the log: the commits, and for each pod the number up to which its views are made. */
export const LOG_SPECS: readonly CollectionSpec[] = [
  {
    name: 'commits',
    kind: 'journal',
    indexes: [
      { fields: ['pod', 'key'], unique: true },
      { fields: ['pod', 'seq'], unique: true },
      { fields: ['pending', 'at'], sparse: true },
    ],
  },
  { name: 'heads', kind: 'view', indexes: [] },
];

export interface Head {
  id: string;
  rev: number;
  /** The number of the newest commit that all views contain. It may be behind the log, but never ahead of it. */
  applied: number;
}

export interface Views {
  store: Store;
  kinds: Kinds;
}

export interface Fold extends Views {
  /** Saves deliveries in the outbox. Saving the same id twice is no error. */
  deliver(deliveries: readonly AnyDelivery[]): Promise<void>;
  /**
   * Prepares to save deliveries in the transaction that appends their commit. Absent: they are saved after it, and the
   * commit is pending until then.
   */
  savingDeliveries?(deliveries: readonly AnyDelivery[]): Promise<DeliverySaving>;
}

export interface DeliverySaving {
  writes: Write[];
  /** Called once the writes are made. */
  written(): Promise<void>;
}

/**
 * Applies a commit: step 3 of docs/architecture.md, “act, step by step”. Idempotent: any process may repeat it after
 * any crash.
 */
export async function apply(fold: Fold, commit: Commit, known?: Known): Promise<void> {
  stopAtUnknown(fold.kinds, commit);
  await foldViews(fold, commit, known);
  await settle(fold, commit, known?.head);
}

/**
 * Documents and texts that the act has read or made, so that they are not read again. They may be out of date by now: each
 * write is guarded by the revision, and a document that does not fit is read.
 */
export interface Known {
  /** Absent before the pod's first commit. */
  head: Head | undefined;
  /** Returns a document as the act has read it. Undefined: there was none. */
  doc(view: string, id: string): Promise<ViewDoc | undefined>;
  bodies: ReadonlyMap<string, Pick<Body, 'text'>>;
}

/** Saves the deliveries, raises `applied` and clears `pending`. Call it once all views contain the commit. */
export async function settle(fold: Fold, commit: Commit, head?: Head): Promise<void> {
  if (commit.deliveries.length) await fold.deliver(commit.deliveries);
  const done = { ...commit, pending: false };
  if (commit.pending && (await raiseWith(fold.store, done))) return;
  await raise(fold.store, commit.pod, commit.seq, head);
  if (commit.pending) await fold.store.collection<Commit>('commits').replace(done, commit.rev);
}

/**
 * Raises `applied` and clears `pending` in one transaction. Returns false and writes nothing if the store has no
 * transactions or another process was faster.
 */
async function raiseWith(store: Store, commit: Commit): Promise<boolean> {
  const { pod, seq, rev } = commit;
  const head = store.writeAll && (await store.collection<Head>('heads').get(pod));
  if (!store.writeAll || !head || head.applied >= seq) return false;
  const next: Head = { id: pod, rev: 1, applied: seq };
  return store.writeAll([
    { kind: 'replace', collection: 'heads', doc: next, expectedRev: head.rev },
    { kind: 'replace', collection: 'commits', doc: commit, expectedRev: rev },
  ]);
}

async function foldViews(views: Views, commit: Commit, known?: Known): Promise<void> {
  // All changes to one document are written at once. Written one by one, a crash in between would lose the later ones,
  // because the document's `seq` would already say that the commit is applied.
  const folded = await Promise.all(
    [...byDocument(commit).values()].map((changes) => foldOne(views, changes, commit, known)),
  );
  await post(
    views,
    folded.filter((entry) => entry !== undefined),
    known?.bodies,
  );
}

export function byDocument(commit: Commit): Map<string, AnyChange[]> {
  const touched = new Map<string, AnyChange[]>();
  for (const change of commit.changes) {
    const at = `${change.on} ${change.id}`;
    touched.set(at, [...(touched.get(at) ?? []), change]);
  }
  return touched;
}

export interface Folded {
  view: string;
  doc: ViewDoc;
}

async function foldOne(
  { store, kinds }: Views,
  changes: readonly AnyChange[],
  commit: Commit,
  known?: Known,
): Promise<Folded | undefined> {
  const [first] = changes;
  if (!first) return undefined;
  const collection = store.collection<ViewDoc>(first.on);
  for (let read = known?.doc; ; read = undefined) {
    const doc = await (read ? read(first.on, first.id) : collection.get(first.id));
    if (doc && doc.seq >= commit.seq) return { view: first.on, doc };
    const next = fold(kinds, doc, changes, commit);
    if (!next) return undefined;
    const written = doc ? await collection.replace(next, doc.rev) : (await collection.insert([next]))[0] === 'inserted';
    if (written) return { view: first.on, doc: next };
  }
}

/** Pure. Returns the document after all changes that a commit makes to it. */
export function fold(
  kinds: Kinds,
  doc: ViewDoc | undefined,
  changes: readonly AnyChange[],
  commit: Commit,
): ViewDoc | undefined {
  const { pod, seq, at, actor } = commit;
  const label = labelOf(commit);
  const meta: Meta = { pod, seq, at, actor, ...(label ? { label } : {}) };
  let next: ViewDoc | undefined = doc;
  for (const change of changes) {
    const kind = kinds.get(change.on);
    const own = kind?.evolve(next && upcastBy(kind, next), kind.upcast?.(change, actor) ?? change, meta);
    if (own) next = { ...own, id: change.id, rev: doc ? doc.rev + 1 : 1, pod, seq };
    if (own && next && kind?.held) next.commits = [...(doc?.commits ?? []), seq].slice(-MOST_COMMITS);
  }
  return next;
}

/** The most commits that a document names. What changed earlier is only counted. */
const MOST_COMMITS = 10;

function upcastBy({ ref }: AnyKind, doc: ViewDoc): ViewDoc {
  return ref.upcast ? ref.upcast(doc) : doc;
}

/**
 * Writes the search postings of documents. A posting carries the document's version, so that a slow process can't
 * overwrite a newer posting.
 */
export async function post(views: Views, folded: readonly Folded[], known?: Known['bodies']): Promise<void> {
  const { store } = views;
  const { put, remove } = await postingsOf(views, folded, known);
  if (put.length) await store.search.put(put);
  if (remove.length) await store.search.remove(remove);
}

/** Returns the search postings of these documents. `known`: bodies that are already in memory. */
export async function postingsOf(
  { store, kinds }: Views,
  folded: readonly Folded[],
  known: ReadonlyMap<string, Pick<Body, 'text'>> = new Map(),
): Promise<{ put: Posting[]; remove: PostingVersion[] }> {
  const wanted = folded.map(({ view, doc }) => postingOf(kinds.get(view), doc)).filter((p) => p !== undefined);
  const missing = wanted.flatMap((posting) => posting.bodies).filter((ref) => !known.has(ref));
  const texts = missing.length ? await store.bodies.get(missing) : known;
  const postings = wanted.map(({ bodies, ...posting }) => {
    return { ...posting, text: bodies.flatMap((ref) => (known.get(ref) ?? texts.get(ref))?.text ?? []).join('\n') };
  });
  return { put: postings.filter((posting) => posting.text), remove: postings.filter((posting) => !posting.text) };
}

/** Returns the search posting of a document, without its text. Undefined if the document is not searchable. */
export function postingOf(
  { search }: Pick<AnyKind, 'search'> = {},
  doc: ViewDoc,
): (Omit<Posting, 'text'> & { bodies: BodyRef[] }) | undefined {
  const searched = search?.posting(doc);
  return search && searched && { id: doc.id, pod: doc.pod, seq: doc.seq, kind: search.kind, ...searched };
}

/** `known`: the head as it was read before. */
export async function raise(store: Store, pod: string, seq: number, known?: Head): Promise<void> {
  const heads = store.collection<Head>('heads');
  for (let read = known; ; read = undefined) {
    const head = read ?? (await heads.get(pod));
    if (head && head.applied >= seq) return;
    const next = { id: pod, rev: 1, applied: seq };
    const written = head ? await heads.replace(next, head.rev) : (await heads.insert([next]))[0] === 'inserted';
    if (written) return;
  }
}

export function stopAtUnknown(kinds: Kinds, commit: Commit): void {
  const newer =
    commit.changes.find((change) => change.v > CHANGE_VERSION || !kinds.has(change.on)) ??
    (commit.v > CHANGE_VERSION ? commit : undefined);
  if (newer)
    throw new Conflict(
      `Commit ${commit.id} was written by a newer Skein (version ${newer.v} of its kind); this one knows ${CHANGE_VERSION}. Update Skein on this machine; the pod waits until then.`,
    );
}
