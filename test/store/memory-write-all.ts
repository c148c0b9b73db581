// writeAll in memory: a single step, which is undone if an id, a unique value or a version is taken.
import { specOf } from '../../src/store/indexed.ts';
import type { CollectionSpec, Doc, Store, Write } from '../../src/store/port.ts';
import { type Around, clashesIn, type MemoryData, putNewer } from './memory.ts';

export function memoryWriteAll(
  specs: readonly CollectionSpec[],
  data: MemoryData,
  around: Around,
): NonNullable<Store['writeAll']> {
  return async (given) => {
    const writes = given.map((write) => (write.kind === 'change' ? write : structuredClone(write)));
    return around(`writeAll ${writes.map(nameOf).join(', ')}`, () => {
      const before = writes.map((write) => kept(data, write));
      const done = writes.findIndex((write) => !written(specs, data, write));
      if (done === -1) return true;
      for (const restore of before.reverse()) restore();
      return false;
    });
  };
}

function nameOf(write: Write): string {
  if (write.kind === 'change') return `change ${write.collection} ${write.id}`;
  return 'doc' in write ? `${write.kind} ${write.collection} ${write.doc.id}` : write.kind;
}

function written(specs: readonly CollectionSpec[], data: MemoryData, write: Write): boolean {
  if (write.kind === 'bodies') for (const body of write.bodies) data.bodies.set(body.id, body);
  else if (write.kind === 'postings') {
    for (const posting of write.put) putNewer(data.postings, posting);
    for (const gone of write.remove) putNewer(data.postings, { ...gone, kind: '', text: '', at: 0, rank: 0 });
  } else if (write.kind === 'change') {
    const { collection, id, next } = write;
    const docs = data.docs.get(collection) as Map<string, Doc>;
    const stands = docs.get(id);
    const given = structuredClone(stands);
    const after = next(given);
    if (after === given) return true;
    const doc = structuredClone({ ...after, rev: (stands?.rev ?? 0) + 1 });
    if (clashesIn(specOf(specs, collection), docs, doc)) return false;
    docs.set(id, doc);
  } else {
    const { doc, collection } = write;
    const docs = data.docs.get(collection) as Map<string, Doc>;
    const stands = docs.get(doc.id);
    const fits = write.kind === 'insert' ? !stands : stands?.rev === write.expectedRev;
    if (!fits || clashesIn(specOf(specs, collection), docs, doc)) return false;
    docs.set(doc.id, write.kind === 'insert' ? doc : { ...doc, rev: write.expectedRev + 1 });
  }
  return true;
}

/** Returns a function that restores what the write may change. */
function kept(data: MemoryData, write: Write): () => void {
  if (write.kind === 'bodies') return snapshotIn(data.bodies, write.bodies);
  if (write.kind === 'postings') return snapshotIn(data.postings, [...write.put, ...write.remove]);
  const id = write.kind === 'change' ? write.id : write.doc.id;
  return snapshotIn(data.docs.get(write.collection) as Map<string, Doc>, [{ id }]);
}

function snapshotIn<T>(map: Map<string, T>, things: readonly { id: string }[]): () => void {
  const before = things.map(({ id }) => [id, map.get(id)] as const);
  return () => {
    for (const [id, value] of before)
      if (value === undefined) map.delete(id);
      else map.set(id, value);
  };
}
