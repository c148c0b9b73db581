// The environment of a history: its initial data, and a store that is correct or broken on purpose.

import { gate } from '../../src/agents/gate/gate.ts';
import { type ActDeps, makeAct } from '../../src/log/act.ts';
import type { Commit } from '../../src/log/commit.ts';
import { type Head, LOG_SPECS } from '../../src/log/fold.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import type { Collection, CollectionSpec, Doc, Store } from '../../src/store/port.ts';
import { type MemoryData, type MemoryOptions, memoryData, memoryStore } from '../store/memory.ts';
import { MODEL_ACTIONS, NOTE_BODY } from './actions.ts';
import { OPEN_POD, OPENING } from './wishes.ts';

/** The product, or a product that has been broken on purpose. */
export interface Variant {
  name: string;
  specs?: readonly CollectionSpec[];
  /** For a store with `writeAll`. */
  whole?: boolean;
  /** A layer between the product and its store. */
  wrap?(store: Store): Store;
  deps?(deps: ActDeps): ActDeps;
}

export const SPECS: readonly CollectionSpec[] = [...LOG_SPECS, ...VIEW_SPECS];
/** All commits of a history have the same time: a decision must come out the same when it is made again. */
export const NOW = Date.UTC(2026, 10, 2, 9, 0);

/** The initial data of every history: one open pod. */
export async function beginning(variant: Variant): Promise<MemoryData> {
  const data = memoryData();
  const store = storeOf(variant, { data });
  await store.bodies.put([{ id: NOTE_BODY, pod: OPEN_POD, text: 'water boils' }]);
  const act = makeAct({
    ...meaningWith(gate),
    store,
    deliver: async () => {},
    actions: MODEL_ACTIONS,
    clock: () => NOW,
  });
  await act({ ...OPENING, actor: 'skein', via: 'skein' });
  return data;
}

export const copied = ({ docs, bodies, blobs, postings }: MemoryData): MemoryData => ({
  docs: new Map([...docs].map(([name, each]) => [name, new Map(each)])),
  bodies: new Map(bodies),
  blobs: new Map(blobs),
  postings: new Map(postings),
});

/** Caches collections: the memory store makes a new one at each call, which is too slow for so many histories. */
export function storeOf(
  { specs = SPECS, whole = false, wrap = (store) => store }: Variant,
  options: MemoryOptions,
): Store {
  const store = wrap(memoryStore(specs, { ...options, whole }));
  const known = new Map<string, Collection<Doc>>();
  return {
    ...store,
    collection: <D extends Doc>(name: string) => {
      const collection = known.get(name) ?? store.collection<Doc>(name);
      known.set(name, collection);
      return collection as unknown as Collection<D>;
    },
  };
}

export function commitsOf({ docs }: MemoryData, pod: string): Commit[] {
  const commits = [...(docs.get('commits')?.values() ?? [])] as Commit[];
  return commits.filter((commit) => commit.pod === pod).sort((a, b) => a.seq - b.seq);
}

export function lengthOf({ docs }: MemoryData, pod: string): number {
  let length = 0;
  for (const commit of docs.get('commits')?.values() ?? []) if ((commit as Commit).pod === pod) length += 1;
  return length;
}

export function appliedOf({ docs }: MemoryData, pod: string): number {
  return (docs.get('heads')?.get(pod) as Head | undefined)?.applied ?? 0;
}
