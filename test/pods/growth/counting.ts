// A store that counts what it has to look at: documents, texts and postings.
import type { Collection, CollectionSpec, Doc, Store } from '../../../src/store/port.ts';
import { type MemoryData, memoryStore } from '../../store/memory.ts';
import { walked } from './walked.ts';

export interface Counting {
  store: Store;
  /** By collection. */
  looked: Map<string, number>;
  reset(): void;
  total(): number;
}

export function countingStore(specs: readonly CollectionSpec[], data: MemoryData): Counting {
  const inner = memoryStore(specs, { data });
  const looked = new Map<string, number>();
  const count = (name: string, number: number) => looked.set(name, (looked.get(name) ?? 0) + number);
  const collection = <D extends Doc>(name: string): Collection<D> => {
    const real = inner.collection<D>(name);
    const spec = specs.find((one) => one.name === name) as CollectionSpec;
    return {
      ...real,
      get(id) {
        count(name, 1);
        return real.get(id);
      },
      async find(query) {
        const found = await real.find(query);
        const docs = [...(data.docs.get(name)?.values() ?? [])];
        count(name, walked(spec, docs, query as never, found.length));
        return found;
      },
      async count(where, most) {
        const counted = await real.count(where, most);
        count(name, counted);
        return counted;
      },
    };
  };
  const store: Store = {
    ...inner,
    collection,
    bodies: {
      ...inner.bodies,
      get(ids) {
        count('bodies', ids.length);
        return inner.bodies.get(ids);
      },
    },
    search: {
      ...inner.search,
      async query(pod, text, limit) {
        const hits = await inner.search.query(pod, text, limit);
        count('postings', hits.length);
        return hits;
      },
    },
  };
  return {
    ...{ store, looked },
    reset: () => looked.clear(),
    total: () => [...looked.values()].reduce((sum, each) => sum + each, 0),
  };
}
