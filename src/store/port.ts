// The port to a document store. It has two adapters and one contract suite (test/store/contract.ts).

/** A stored document: plain JSON. `rev` counts its versions from 1. */
export interface Doc {
  id: string;
  rev: number;
}

export type Scalar = string | number | boolean;

/**
 * Equality, one of several values, or a range. A condition on an array field holds if any element satisfies it. An
 * absent or null field matches nothing.
 */
export type Condition = Scalar | { in: readonly Scalar[] } | { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar };

export type Where<D extends Doc> = { readonly [F in keyof D & string]?: Condition };

export type Sort<D extends Doc> = readonly (readonly [keyof D & string, 'asc' | 'desc'])[];

/**
 * Documents that are equal in all sort fields are ordered by id, ascending. `after`: the last document of the previous
 * page; only its sort fields and id are used.
 */
export interface Query<D extends Doc> {
  where: Where<D>;
  sort?: Sort<D>;
  limit?: number;
  after?: D;
}

/**
 * A document that can be claimed. `leaseUntil`: the end of the lease, in milliseconds since 1970; 0 if the document is
 * free.
 */
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
  /** Returns all matching documents, in order. Throws if the collection declares no index for the query. */
  find(query: Query<D>): Promise<D[]>;
  /** Counts the matching documents without reading them, `most` at most. Throws as `find` does. */
  count(where: Where<D>, most: number): Promise<number>;
  /**
   * Inserts each document on its own, in order. `exists`: its id or a unique value is taken. A document must have rev
   * 1, and is stored as given.
   */
  insert(docs: readonly D[]): Promise<('inserted' | 'exists')[]>;
  /**
   * Replaces the document at `expectedRev` and sets `rev` to `expectedRev + 1`. Returns false if the stored version is
   * another one.
   */
  replace(doc: D, expectedRev: number): Promise<boolean>;
  /**
   * Replaces each document on its own, as `replace` does, in one command if the store has one for that. Returns true if all
   * were replaced; otherwise the caller reads them again. @throws Conflict if a unique value is taken
   */
  replaceEach(docs: readonly D[]): Promise<boolean>;
  /**
   * Leases the first match whose lease is over (`leaseUntil <= lease.now`), raises its rev and returns it. At most one
   * caller gets it.
   */
  claim(this: Collection<D & Leased>, query: { where: Where<D>; sort: Sort<D> }, lease: Lease): Promise<D | undefined>;
  delete(id: string): Promise<void>;
}

export interface Index {
  fields: readonly string[];
  unique?: true;
  /**
   * Documents whose first field is absent, null or false are not in the index, so they are written faster. A query that
   * relies on the index has a condition on that field, and never one on `false`.
   */
  sparse?: true;
  /**
   * Many documents may be equal in all its fields: the index has them in the order of their ids, so that a page needs no sort of
   * them all. Not for a unique index.
   */
  ties?: true;
}

/**
 * `journal`: an inserted document is on disk when the promise resolves. All other writes (replace, claim, delete, and
 * every write to a `view`) survive a crash of the process. A power cut may lose the newest of those writes, in order,
 * but never one before an insert that survived: the domain can repeat each of them, and each commit costs one flush.
 * `trail`: the documents can't be made again, but each is needed only if something later depends on it. An inserted
 * document is on disk as soon as any later insert into a journal is.
 * `tally`: the documents are counted from a trail, and are counted again after a crash. Inserted and replaced ones survive it
 * as soon as any later write to another kind does.
 */
export interface CollectionSpec {
  name: string;
  kind: 'journal' | 'trail' | 'view' | 'tally';
  indexes: readonly Index[];
}

/** A text with its label. The label is plain JSON for the store, and is stored and erased together with the text. */
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
  /** Returns the texts by id. Erased ones are absent. */
  get(ids: readonly string[]): Promise<Map<string, LabelledText>>;
  remove(ids: readonly string[]): Promise<void>;
}

/** Contents of files, by pod and SHA-256 (hex). Writing the same content twice is no error. */
export interface Blobs {
  put(pod: string, hash: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  open(pod: string, hash: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  remove(pod: string, hash: string): Promise<void>;
}

/**
 * A version of a search posting. `id`: the id of the view document to which it belongs. `seq`: the version of that
 * document.
 */
export interface PostingVersion {
  id: string;
  pod: string;
  seq: number;
}

/** A searchable text of a pod. `at`: in milliseconds since 1970. */
export interface Posting extends PostingVersion {
  kind: string;
  text: string;
  at: number;
  /** Orders postings that contain equally many of the words: the higher rank comes first. */
  rank: number;
}

/** The postings that `clear` does not remove. */
export interface RetainedPostings {
  ids: ReadonlySet<string>;
  /** The newest version that `clear` removes. */
  upTo: number;
}

export interface Search {
  /** Writes postings. A posting is ignored if a version with a higher `seq` was written or removed before. */
  put(postings: readonly Posting[]): Promise<void>;
  /** Removes postings and remembers their versions, so that an older version that comes late is ignored. */
  remove(postings: readonly PostingVersion[]): Promise<void>;
  /**
   * Removes from the index what replaced and removed postings said, so that no file of the store holds it. Called when words
   * are erased whose posting stays with other words.
   */
  purge(): Promise<void>;
  /**
   * Removes all postings of a pod and the remembered versions, except those of `retained.ids` and versions newer than
   * `retained.upTo`.
   */
  clear(pod: string, retained?: RetainedPostings): Promise<void>;
  /**
   * Returns the postings that contain at least one of the words, ignoring case, accents and missing last letters.
   * Postings with the most words come first, then those with the higher rank, then the newest.
   */
  query(pod: string, text: string, limit: number): Promise<{ id: string; kind: string }[]>;
}

/**
 * Inserts or replaces a document. `next` gets the document as it is in the transaction (absent: there is none), so no
 * other write can come between. It is called again if the transaction is repeated, so it may only return a new document. If it
 * returns the document that it got, nothing is written.
 */
export interface Change {
  kind: 'change';
  collection: string;
  id: string;
  next(doc: Doc | undefined): Doc;
}

export type Write =
  | { kind: 'insert'; collection: string; doc: Doc }
  | { kind: 'replace'; collection: string; doc: Doc; expectedRev: number }
  | Change
  | { kind: 'bodies'; bodies: readonly Body[] }
  | { kind: 'postings'; put: readonly Posting[]; remove: readonly PostingVersion[] };

/** Hears at an opening that the search index of an earlier version is made again. Nothing else happens meanwhile. */
export interface RenewalListener {
  begins(postings: number): void;
  ends(postings: number): void;
}

export interface Store {
  readonly kind: 'embedded' | 'mongo' | 'memory';
  /** Returns the collection with this name, which must be declared when the store is opened. */
  collection<D extends Doc>(name: string): Collection<D>;
  readonly bodies: Bodies;
  readonly blobs: Blobs;
  readonly search: Search;
  /**
   * Does all of these writes or none. Returns false if an id or a unique value is taken, or a version is gone. The
   * writes are as durable as inserts into the journals among them. Absent if the store has no transactions; the caller
   * then does the writes one after the other.
   */
  writeAll?(writes: readonly Write[]): Promise<boolean>;
  close(): Promise<void>;
}
