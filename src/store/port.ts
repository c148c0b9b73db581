// The port to a document store. Two adapters, one contract suite (test/store/contract.ts).

/** A stored document: plain JSON. `rev` counts its versions from 1. */
export interface Doc {
  id: string;
  rev: number;
}

export type Scalar = string | number | boolean;

/** Equality, one of several values, or a range. On an array field it holds if any element satisfies it. An absent or null field matches nothing. */
export type Condition = Scalar | { in: readonly Scalar[] } | { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar };

export type Where<D extends Doc> = { readonly [F in keyof D & string]?: Condition };

export type Sort<D extends Doc> = readonly (readonly [keyof D & string, 'asc' | 'desc'])[];

/** Ties are ordered by id, ascending. `after`: the last document of the previous page, of which sort fields and id are used. */
export interface Query<D extends Doc> {
  where: Where<D>;
  sort?: Sort<D>;
  limit?: number;
  after?: D;
}

/** A document that can be claimed: `leaseUntil` is in milliseconds since 1970, 0 when free. */
export interface Leased extends Doc {
  leaseBy: string;
  leaseUntil: number;
}

export interface Lease {
  by: string;
  now: number;
  until: number;
}

export interface Collection<D extends Doc> {
  get(id: string): Promise<D | undefined>;
  /** All matching documents, in order. Needs an index that the collection declares. */
  find(query: Query<D>): Promise<D[]>;
  /** Inserts each on its own, in order. `exists`: its id or a unique value is taken. Expects rev 1, and stores the document as given. */
  insert(docs: readonly D[]): Promise<('inserted' | 'exists')[]>;
  /** Replaces the document at `expectedRev` and sets `rev` to `expectedRev + 1`. Returns false if that version is gone. */
  replace(doc: D, expectedRev: number): Promise<boolean>;
  /** Leases the first match whose lease is over (`leaseUntil <= lease.now`), and raises its rev. At most one caller gets it. */
  claim(this: Collection<D & Leased>, query: { where: Where<D>; sort: Sort<D> }, lease: Lease): Promise<D | undefined>;
  delete(id: string): Promise<void>;
}

export interface Index {
  fields: readonly string[];
  unique?: true;
}

/**
 * `journal`: an inserted document is on disk when the promise resolves. All other writes (replace, claim, delete, and every
 * write to a `view`) survive a crash of the process. A power cut may lose the newest of them, in order, and never one before
 * an insert that survived: the domain can repeat each, and a commit costs one flush. `trail`: can't be made again, but only
 * what led to something must last. An inserted document is on disk as soon as any later insert into a journal is.
 */
export interface CollectionSpec {
  name: string;
  kind: 'journal' | 'trail' | 'view';
  indexes: readonly Index[];
}

/** A text with the domain's label, which is plain JSON and is stored and erased with it. */
export interface LabelledText {
  text: string;
  label?: object;
}

export interface Body extends LabelledText {
  id: string;
  pod: string;
}

/** Texts stored beside the log under random ids, so that they can be erased. */
export interface Bodies {
  put(bodies: readonly Body[]): Promise<void>;
  /** Erased ones are absent. */
  get(ids: readonly string[]): Promise<Map<string, LabelledText>>;
  remove(ids: readonly string[]): Promise<void>;
}

/** File contents by pod and SHA-256 (hex). Writing the same twice is no error. */
export interface Blobs {
  put(pod: string, hash: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  open(pod: string, hash: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  remove(pod: string, hash: string): Promise<void>;
}

/** A version of a posting. `id`: that of the view document it belongs to. `seq`: the document's version. */
export interface PostingVersion {
  id: string;
  pod: string;
  seq: number;
}

/** One searchable text of a pod; `at` in milliseconds since 1970. */
export interface Posting extends PostingVersion {
  kind: string;
  text: string;
  at: number;
  /** Among postings that contain equally many of the words, the higher comes first. */
  rank: number;
}

/** The postings that `clear` leaves. */
export interface RetainedPostings {
  ids: ReadonlySet<string>;
  /** The newest version that is removed. */
  upTo: number;
}

export interface Search {
  /** Writes postings, unless a version with a higher `seq` was written or removed before. */
  put(postings: readonly Posting[]): Promise<void>;
  /** Removes a posting and remembers the version, so that an older one that comes late is ignored. */
  remove(postings: readonly PostingVersion[]): Promise<void>;
  /** Removes all postings of a pod and the remembered versions, except for these ids, and for versions newer than `upTo`. */
  clear(pod: string, retained?: RetainedPostings): Promise<void>;
  /**
   * Postings that contain at least one of the words, ignoring case, accents and missing last letters. Most words first, then
   * by rank, then newest.
   */
  query(pod: string, text: string, limit: number): Promise<{ id: string; kind: string }[]>;
}

export type Write =
  | { kind: 'insert'; collection: string; doc: Doc }
  | { kind: 'replace'; collection: string; doc: Doc; expectedRev: number }
  | { kind: 'bodies'; bodies: readonly Body[] }
  | { kind: 'postings'; put: readonly Posting[]; remove: readonly PostingVersion[] };

export interface Store {
  readonly kind: 'embedded' | 'mongo' | 'memory';
  /** The collection with that name, which must be declared when the store is opened. */
  collection<D extends Doc>(name: string): Collection<D>;
  readonly bodies: Bodies;
  readonly blobs: Blobs;
  readonly search: Search;
  /**
   * Does all of these writes or none. Returns false if an id, a unique value or a version is taken. As durable as the inserts
   * into its journals. Absent if the store can't; then the writes are done one after the other.
   */
  writeAll?(writes: readonly Write[]): Promise<boolean>;
  close(): Promise<void>;
}
