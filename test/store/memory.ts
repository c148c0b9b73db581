// The store port in memory, for unit tests and for a model checker that interleaves and cuts its steps by `step`.
import { Conflict } from '../../src/errors.ts';
import { checkHash, hashing, isHash } from '../../src/store/blob-hash.ts';
import {
  checkQuery,
  checkSpecs,
  indexedValue,
  indexedValues,
  readCondition,
  sortValue,
  specOf,
} from '../../src/store/indexed.ts';
import type {
  Blobs,
  Bodies,
  Body,
  Collection,
  CollectionSpec,
  Condition,
  Doc,
  Leased,
  Posting,
  Scalar,
  Search,
  Store,
} from '../../src/store/port.ts';
import { queryWordsOf, wordsOf } from '../../src/store/words.ts';
import { memoryWriteAll } from './memory-write-all.ts';

/** The data of a store. Several stores may share it, as several processes share a database. */
export interface MemoryData {
  docs: Map<string, Map<string, Doc>>;
  bodies: Map<string, Body>;
  blobs: Map<string, Uint8Array>;
  postings: Map<string, Posting>;
}

export interface MemoryOptions {
  /** Awaited with `before <what>` and `after <what>` around each change or read of one document, body, blob or posting; may throw. */
  step?: (what: string) => Promise<void>;
  data?: MemoryData;
  /** True for a store with writeAll, which is a single step. */
  whole?: boolean;
}

export const memoryData = (): MemoryData => ({
  docs: new Map(),
  bodies: new Map(),
  blobs: new Map(),
  postings: new Map(),
});

/** Lists of specs that are well: a model checker opens thousands of stores with the same one. */
const checked = new WeakSet<object>();

function check(specs: readonly CollectionSpec[]): void {
  if (!checked.has(specs)) checkSpecs(specs);
  checked.add(specs);
}

export type Around = <T>(what: string, effect: () => T) => Promise<T>;

export function memoryStore(
  specs: readonly CollectionSpec[],
  { step, data = memoryData(), whole = false }: MemoryOptions = {},
): Store {
  check(specs);
  const around: Around = async (what, effect) => {
    await step?.(`before ${what}`);
    const result = effect();
    await step?.(`after ${what}`);
    return result;
  };
  for (const { name } of specs) if (!data.docs.has(name)) data.docs.set(name, new Map());
  const collections = new Map<string, Collection<Doc>>();
  return {
    kind: 'memory',
    collection: <D extends Doc>(name: string) => {
      const made = collections.get(name) ?? memoryCollection(specOf(specs, name), data.docs.get(name) as never, around);
      collections.set(name, made);
      return made as unknown as Collection<D>;
    },
    bodies: memoryBodies(data.bodies, around),
    blobs: memoryBlobs(data.blobs, around),
    search: memorySearch(data.postings, around),
    ...(whole ? { writeAll: memoryWriteAll(specs, data, around) } : {}),
    close: async () => {},
  };
}

function memoryCollection<D extends Doc>(spec: CollectionSpec, docs: Map<string, D>, around: Around): Collection<D> {
  const { name } = spec;
  const clashes = (doc: D) => clashesIn(spec, docs, doc);
  const matching = (where: Conditions, sort: readonly SortKey[]) => {
    const fits = matcher(where);
    return [...docs.values()].filter(fits).sort((a, b) => compareDocs(sort, a, b));
  };

  return {
    get: (id) => around(`${name}.get ${id}`, () => copied(docs.get(id))),
    async find(query) {
      checkQuery(spec, query);
      const { where, sort = [], limit, after } = query;
      return around(`${name}.find`, () =>
        matching(where, sort)
          .filter((doc) => !after || compareDocs(sort, doc, after) > 0)
          .slice(0, limit)
          .map(copied),
      );
    },
    async count(where, most) {
      checkQuery(spec, { where });
      return around(`${name}.count`, () => Math.min(most, matching(where as Conditions, []).length));
    },
    async insert(given) {
      const results: ('inserted' | 'exists')[] = [];
      for (const doc of given.map((each) => snapshot(spec, each)))
        results.push(
          await around(`${name}.insert ${doc.id}`, () => {
            if (docs.has(doc.id) || clashes(doc)) return 'exists';
            docs.set(doc.id, doc);
            return 'inserted';
          }),
        );
      return results;
    },
    async replace(doc, expectedRev) {
      const next = snapshot(spec, { ...doc, rev: expectedRev + 1 });
      return around(`${name}.replace ${doc.id}`, () => {
        if (docs.get(doc.id)?.rev !== expectedRev) return false;
        if (clashes(next))
          throw new Conflict(`${doc.id} can't be saved in ${name}: another document has the same unique values.`);
        docs.set(doc.id, next);
        return true;
      });
    },
    async replaceEach(given) {
      const replaced: boolean[] = [];
      for (const doc of given) replaced.push(await this.replace(doc, doc.rev));
      return replaced.every(Boolean);
    },
    async claim(this: Collection<D & Leased>, query, lease) {
      checkQuery(spec, query);
      return around(`${name}.claim`, () => {
        const free = (matching(query.where as Conditions, query.sort) as (D & Leased)[]).find(
          (doc) => doc.leaseUntil <= lease.now,
        );
        if (!free) return undefined;
        const claimed: D = { ...free, rev: free.rev + 1, leaseBy: lease.by, leaseUntil: lease.until };
        docs.set(claimed.id, claimed);
        return copied(claimed);
      });
    },
    delete: (id) => around(`${name}.delete ${id}`, () => void docs.delete(id)),
  };
}

/** True if another document has the same unique values. */
export function clashesIn(spec: CollectionSpec, docs: ReadonlyMap<string, Doc>, doc: Doc): boolean {
  return spec.indexes.some(({ unique, fields }) => {
    if (!unique) return false;
    const own = fields.map((field) => sortValue(doc, field));
    if (own.includes(undefined)) return false;
    for (const other of docs.values())
      if (other.id !== doc.id && fields.every((field, n) => sortValue(other, field) === own[n])) return true;
    return false;
  });
}

function memoryBodies(bodies: Map<string, Body>, around: Around): Bodies {
  return {
    async put(given) {
      for (const body of given.map((each) => ({ ...each })))
        await around(`bodies.put ${body.id}`, () => bodies.set(body.id, body));
    },
    get: (ids) =>
      around(
        'bodies.get',
        () =>
          new Map(
            ids.flatMap((id) => {
              const { text, label } = bodies.get(id) ?? {};
              return text === undefined ? [] : [[id, { text, ...(label ? { label } : {}) }]];
            }),
          ),
      ),
    async remove(ids) {
      for (const id of ids) await around(`bodies.remove ${id}`, () => bodies.delete(id));
    },
  };
}

function memoryBlobs(blobs: Map<string, Uint8Array>, around: Around): Blobs {
  const keyOf = (pod: string, hash: string) => JSON.stringify([pod, hash]);
  return {
    async put(pod, hash, content) {
      checkHash(hash);
      const chunks: Uint8Array[] = [];
      for await (const chunk of hashing(hash, content)) chunks.push(Uint8Array.from(chunk));
      await around(`blobs.put ${hash}`, () => blobs.set(keyOf(pod, hash), Buffer.concat(chunks)));
    },
    open: (pod, hash) =>
      around(`blobs.open ${hash}`, () => {
        const content = isHash(hash) ? blobs.get(keyOf(pod, hash)) : undefined;
        return (
          content && {
            async *[Symbol.asyncIterator]() {
              yield content;
            },
          }
        );
      }),
    remove: (pod, hash) => around(`blobs.remove ${hash}`, () => void blobs.delete(keyOf(pod, hash))),
  };
}

function memorySearch(postings: Map<string, Posting>, around: Around): Search {
  return {
    async put(given) {
      for (const posting of given.map((each) => ({ ...each })))
        await around(`search.put ${posting.id}`, () => putNewer(postings, posting));
    },
    async remove(given) {
      for (const gone of given.map((each) => ({ ...each, kind: '', text: '', at: 0, rank: 0 })))
        await around(`search.remove ${gone.id}`, () => putNewer(postings, gone));
    },
    purge: () => around('search.purge', () => undefined),
    clear: (pod, but) =>
      around(`search.clear ${pod}`, () => {
        for (const { id, seq, pod: of } of [...postings.values()])
          if (of === pod && !(but && (but.ids.has(id) || seq > but.upTo))) postings.delete(id);
      }),
    query: (pod, text, limit) =>
      around('search.query', () => {
        const words = queryWordsOf(text);
        return [...postings.values()]
          .filter((posting) => posting.pod === pod)
          .map(({ id, kind, at, rank, text }) => ({ id, kind, at, rank, held: heldWords(words, wordsOf(text)) }))
          .filter(({ held }) => held > 0)
          .sort((a, b) => b.held - a.held || b.rank - a.rank || b.at - a.at || compareText(a.id, b.id))
          .slice(0, limit)
          .map(({ id, kind }) => ({ id, kind }));
      }),
  };
}

/** A posting without words remembers the removed version. */
export function putNewer(postings: Map<string, Posting>, posting: Posting): void {
  if ((postings.get(posting.id)?.seq ?? 0) <= posting.seq) postings.set(posting.id, posting);
}

type Conditions = Readonly<Record<string, Condition | undefined>>;
type SortKey = readonly [string, 'asc' | 'desc'];

export const matches = (doc: Doc, where: Conditions): boolean => matcher(where)(doc);

/** The conditions are read once, and not again for each document. */
function matcher(where: Conditions): (doc: Doc) => boolean {
  const read = Object.entries(where).map(([field, condition]) => ({ field, ...readCondition(field, condition) }));
  return (doc) => {
    for (const condition of read) {
      const value = indexedValue((doc as unknown as Record<string, unknown>)[condition.field]) ?? [];
      const fits = Array.isArray(value) ? value.some((each) => meets(condition, each)) : meets(condition, value);
      if (!fits) return false;
    }
    return true;
  };
}

function meets(condition: ReturnType<typeof readCondition>, each: Scalar): boolean {
  if (condition.kind === 'in') return condition.values.includes(each);
  return condition.bounds.every(([op, bound]) => {
    if (typeof bound !== typeof each) return false;
    const order = compareScalars(each, bound);
    return op === 'gt' ? order > 0 : op === 'gte' ? order >= 0 : op === 'lt' ? order < 0 : order <= 0;
  });
}

export function compareDocs(sort: readonly SortKey[], a: Doc, b: Doc): number {
  for (const [field, direction] of sort) {
    const order = compareScalars(sortValue(a, field), sortValue(b, field));
    if (order !== 0) return direction === 'asc' ? order : -order;
  }
  return compareText(a.id, b.id);
}

/** Orders as SQLite and MongoDB do: absent, numbers, strings by code points, booleans. */
function compareScalars(a: Scalar | undefined, b: Scalar | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  const types = ['undefined', 'number', 'string', 'boolean'];
  return types.indexOf(typeof a) - types.indexOf(typeof b) || Number(a ?? 0) - Number(b ?? 0);
}

/** By code points: a half of a pair stands for one that comes after all single ones. */
function compareText(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  for (let n = 0; n < most; n++) {
    const [one, other] = [a.charCodeAt(n), b.charCodeAt(n)];
    if (one !== other) return Number(isHalf(one)) - Number(isHalf(other)) || one - other;
  }
  return a.length - b.length;
}

const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

const heldWords = (words: readonly string[], held: readonly string[]): number =>
  words.filter((word) => held.some((each) => each.startsWith(word))).length;

/** Stored documents as readers get them. They are never changed, only replaced, so one copy serves all who read it. */
const shared = new WeakMap<object, object>();

/** A frozen copy: who changed it would change what others read, as no real store lets them. */
function copied<D>(doc: D): D {
  if (doc === undefined) return doc;
  const copy = shared.get(doc as object) ?? frozen(JSON.parse(JSON.stringify(doc)));
  shared.set(doc as object, copy);
  return copy as D;
}

function frozen<V extends object>(value: V): V {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) frozen(each);
  return Object.freeze(value);
}

/** A copy of the document at the call. Throws if it can't be indexed, as the adapters do. */
function snapshot<D extends Doc>(spec: CollectionSpec, doc: D): D {
  indexedValues(spec, doc);
  const copy = frozen(JSON.parse(JSON.stringify(doc)) as D);
  shared.set(copy, copy);
  return copy;
}
