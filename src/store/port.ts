// The document port: all the domain asks of a store. Two adapters, one contract suite (test/store/contract.ts).

/** A stored document: plain JSON, `rev` counts its versions from 1. */
export interface Doc {
  id: string;
  rev: number;
}

export type Scalar = string | number | boolean;

/** Equality, one of several, or a range. On an array field a condition holds when it holds for any element. An absent or null field matches nothing. */
export type Condition = Scalar | { in: readonly Scalar[] } | { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar };

export type Where<D extends Doc> = { readonly [F in keyof D & string]?: Condition };

export type Sort<D extends Doc> = readonly (readonly [keyof D & string, 'asc' | 'desc'])[];

/** Ties are broken by id, ascending. `after` is the last document of the page before (its sort fields and id are read). */
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
  /** Every document that matches, in order. Runs on an index that the collection declares. */
  find(query: Query<D>): Promise<D[]>;
  /** Each on its own, in order: `exists` when its id or a unique index is taken. Stored as given, rev 1 expected. */
  insert(docs: readonly D[]): Promise<('inserted' | 'exists')[]>;
  /** Puts the whole document in place of the one at `expectedRev`, as `rev: expectedRev + 1`; false when that version is gone. */
  replace(doc: D, expectedRev: number): Promise<boolean>;
  /** The first match whose lease is over (`leaseUntil <= lease.now`), with the new lease written and rev raised. At most one caller gets it. */
  claim(this: Collection<D & Leased>, query: { where: Where<D>; sort: Sort<D> }, lease: Lease): Promise<D | undefined>;
  delete(id: string): Promise<void>;
}

export interface Index {
  fields: readonly string[];
  unique?: true;
}

/**
 * `journal`: an inserted document is on disk when the promise resolves. Every other write (replace, claim, delete, and all
 * writes to a `view`) survives a crash of the process, but a power cut may lose the newest of them, in order and never
 * ahead of an insert that was lost: the domain can repeat each, and one disk flush per commit is all it pays.
 * `trail`: never made again either, but only what led to something must last: an inserted document is on disk as soon as
 * any later insert into a journal is.
 */
export interface CollectionSpec {
  name: string;
  kind: 'journal' | 'trail' | 'view';
  indexes: readonly Index[];
}

/** A text, and what the domain says of where it came from: plain JSON, kept and erased with it. */
export interface LabelledText {
  text: string;
  label?: object;
}

export interface Body extends LabelledText {
  id: string;
  pod: string;
}

/** Texts kept beside the log under random ids, so that they can be erased. */
export interface Bodies {
  put(bodies: readonly Body[]): Promise<void>;
  /** Those that stand; an erased one is absent. */
  get(ids: readonly string[]): Promise<Map<string, LabelledText>>;
  remove(ids: readonly string[]): Promise<void>;
}

/** File contents under (pod, SHA-256 in hex). Putting the same twice is no error. */
export interface Blobs {
  put(pod: string, hash: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  open(pod: string, hash: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  remove(pod: string, hash: string): Promise<void>;
}

/** Which version of a posting: `id` is the id of the view document it belongs to, `seq` counts the document's versions. */
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
  /** Of postings that hold as many of the words the higher comes first. */
  rank: number;
}

/** What stays of a pod's postings. */
export interface RetainedPostings {
  ids: ReadonlySet<string>;
  /** The number of the newest version that may go. */
  upTo: number;
}

export interface Search {
  /** Puts or replaces the posting with this id, unless a version with a higher `seq` was put or removed before. */
  put(postings: readonly Posting[]): Promise<void>;
  /** As `put`, with nothing to find: an older version that comes late stays away. */
  remove(postings: readonly PostingVersion[]): Promise<void>;
  /** Forgets all of a pod, its versions too; but for these ids, and for what is newer than `upTo`. */
  clear(pod: string, retained?: RetainedPostings): Promise<void>;
  /** Postings that hold at least one of the words (case and accents aside, the last letters may be missing), most words first, then by rank, then newest. */
  query(pod: string, text: string, limit: number): Promise<{ id: string; kind: string }[]>;
}

/** One of several writes that are made as one. */
export type Write =
  | { kind: 'insert'; collection: string; doc: Doc }
  | { kind: 'replace'; collection: string; doc: Doc; expectedRev: number }
  | { kind: 'bodies'; bodies: readonly Body[] }
  | { kind: 'postings'; put: readonly Posting[]; remove: readonly PostingVersion[] };

export interface Store {
  readonly kind: 'embedded' | 'mongo' | 'memory';
  /** The collection of that name; all are declared when the store is opened. */
  collection<D extends Doc>(name: string): Collection<D>;
  readonly bodies: Bodies;
  readonly blobs: Blobs;
  readonly search: Search;
  /**
   * Makes all of these writes, or none: false when an id, a unique value or a version is taken. Lasts as its journals' inserts
   * do. Absent where the store can't: there they are made one after the other.
   */
  writeAll?(writes: readonly Write[]): Promise<boolean>;
  close(): Promise<void>;
}
