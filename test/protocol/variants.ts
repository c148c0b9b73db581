// Variants of the product that each break one rule of the protocol. The model must notice every one.
import type { ActDeps, EngineAction } from '../../src/log/act.ts';
import { type Commit, commitId } from '../../src/log/commit.ts';
import { fold, type Head } from '../../src/log/fold.ts';
import type { ViewDoc } from '../../src/log/view.ts';
import { KINDS, VIEW_SPECS } from '../../src/pods/kinds.ts';
import type { Collection, Doc, Store } from '../../src/store/port.ts';
import { SPECS, type Variant } from './stage.ts';

/** On a store that makes one write after the other, and on one that makes those of a commit as one. */
export const PRODUCTS = {
  stepwise: { name: 'the product' },
  whole: { name: 'the product on a store that makes several writes as one', whole: true },
} as const satisfies Record<string, Variant>;
export type StoreKind = keyof typeof PRODUCTS;

type Layer = (inner: Collection<Doc>, name: string, store: Store) => Partial<Collection<Doc>>;

/** The store with some operations of its collections replaced. */
function layered(store: Store, layer: Layer): Store {
  return {
    ...store,
    collection: <D extends Doc>(name: string) => {
      const inner = store.collection<Doc>(name);
      return { ...inner, ...layer(inner, name, store) } as unknown as Collection<D>;
    },
  };
}

const isView = (name: string): boolean => VIEW_SPECS.some((spec) => spec.name === name);
const appliedIn = async (store: Store, pod: string) => (await store.collection<Head>('heads').get(pod))?.applied ?? 0;

const headReadAgain: Variant = {
  name: 'the head is read again before appending',
  wrap: (store) =>
    layered(store, (inner, name) => ({
      async insert(docs) {
        if (name === 'commits')
          for (const commit of docs as readonly Commit[]) {
            commit.seq = (await appliedIn(store, commit.pod)) + 1;
            commit.id = commitId(commit.pod, commit.seq);
            commit.deliveries.forEach((one, n) => {
              one.id = `${commit.id}:${n}`;
            });
          }
        return inner.insert(docs);
      },
    })),
};

const foldedPerChange: Variant = {
  name: 'a document is folded change by change',
  wrap: (store) =>
    layered(store, (inner, name) => {
      if (!isView(name)) return {};
      const oneByOne = async (doc: ViewDoc, rev: number): Promise<boolean> => {
        const [commit] = (await store
          .collection<Commit>('commits')
          .find({ where: { pod: doc.pod, seq: doc.seq } })) as [Commit];
        const changes = commit.changes.filter(({ on, id }) => on === name && id === doc.id);
        let next = rev ? ((await inner.get(doc.id)) as ViewDoc | undefined) : undefined;
        for (const [n, change] of changes.entries()) {
          next = fold(KINDS, next, [change], commit);
          if (!next) continue;
          const first = rev === 0 && n === 0;
          const written = first
            ? (await inner.insert([next]))[0] === 'inserted'
            : await inner.replace(next, rev === 0 ? n : rev + n);
          if (!written) return false;
        }
        return true;
      };
      return {
        insert: async (docs) =>
          Promise.all(docs.map(async (doc) => ((await oneByOne(doc as ViewDoc, 0)) ? 'inserted' : 'exists'))),
        replace: (doc, rev) => oneByOne(doc as ViewDoc, rev),
      };
    }),
};

const deleted: Variant = {
  name: 'what is erased is deleted, not kept as a tombstone',
  wrap: (store) =>
    layered(store, (inner) => ({
      async replace(doc, rev) {
        if (!('erased' in doc)) return inner.replace(doc, rev);
        const written = await inner.replace(doc, rev);
        if (written) await inner.delete(doc.id);
        return written;
      },
    })),
};

const unguarded: Variant = {
  name: 'a commit is folded whatever the document holds',
  wrap: (store) =>
    layered(store, (inner, name) =>
      isView(name)
        ? {
            async get(id) {
              const doc = await inner.get(id);
              return doc && ({ ...doc, seq: 0 } as Doc);
            },
          }
        : {},
    ),
};

const unchecked: Variant = {
  name: 'a document is replaced whatever its version',
  wrap: (store) =>
    layered(store, (inner, name) =>
      isView(name)
        ? {
            async replace(doc) {
              for (;;) {
                const now = await inner.get(doc.id);
                if (now && (await inner.replace(doc, now.rev))) return true;
              }
            },
          }
        : {},
    ),
};

const raisedFirst: Variant = {
  name: 'applied is raised before the views hold the commit',
  wrap: (store) =>
    layered(store, (inner, name) => ({
      async insert(docs) {
        const outcomes = await inner.insert(docs);
        const [commit] = docs as readonly Commit[];
        if (name !== 'commits' || !commit || outcomes[0] !== 'inserted') return outcomes;
        const heads = store.collection<Head>('heads');
        const head = await heads.get(commit.pod);
        const next = { id: commit.pod, rev: 1, applied: commit.seq };
        await (head ? heads.replace(next, head.rev) : heads.insert([next]));
        return outcomes;
      },
    })),
};

const keyTwice: Variant = {
  name: 'the log takes a key twice',
  specs: SPECS.map((spec) =>
    spec.name === 'commits'
      ? {
          ...spec,
          indexes: spec.indexes.map(({ unique, ...rest }) =>
            rest.fields.includes('key') ? rest : { ...rest, ...(unique ? { unique } : {}) },
          ),
        }
      : spec,
  ),
};

const numberTwice: Variant = {
  name: 'a taken number is overwritten',
  wrap: (store) =>
    layered(store, (inner, name) =>
      name === 'commits'
        ? {
            async insert(docs) {
              for (const doc of docs) await inner.delete(doc.id);
              return inner.insert(docs);
            },
          }
        : {},
    ),
};

const clearedFirst: Variant = {
  name: 'pending is cleared before the deliveries are handed over',
  deps(deps: ActDeps): ActDeps {
    const waiting: Parameters<ActDeps['deliver']>[0][] = [];
    return {
      ...deps,
      deliver: async (deliveries) => void waiting.push(deliveries),
      store: layered(deps.store, (inner, name) => ({
        async replace(doc, rev) {
          const written = await inner.replace(doc, rev);
          if (name === 'commits') for (const deliveries of waiting.splice(0)) await deps.deliver(deliveries);
          return written;
        },
      })),
    };
  },
};

const refusalStands: Variant = {
  name: 'a refusal stands, whatever happened while it was made',
  deps(deps) {
    // The two reads of the log after a refusal find nothing.
    let blind = 0;
    const actions = [...deps.actions].map(([name, one]): [string, EngineAction] => {
      const decide: EngineAction['decide'] = (view, input, ctx) => {
        try {
          return one.decide(view, input, ctx);
        } catch (error) {
          blind = 2;
          throw error;
        }
      };
      return [name, one.effect === 'read' ? one : { ...one, decide }];
    });
    const store = layered(deps.store, (inner, name) => {
      if (name !== 'commits') return {};
      const seen = async <T>(look: () => Promise<T>, nothing: T): Promise<T> => {
        if (blind === 0) return look();
        blind -= 1;
        return nothing;
      };
      return {
        get: (id) => seen(() => inner.get(id), undefined),
        find: (query) => seen(() => inner.find(query), []),
      };
    });
    return { ...deps, actions: new Map(actions), store };
  },
};

const halfWritten: Variant = {
  name: 'several writes as one are kept up to the one whose place is taken',
  whole: true,
  wrap: (store) => ({
    ...store,
    async writeAll(writes) {
      for (const write of writes) if (!(await store.writeAll?.([write]))) return false;
      return true;
    },
  }),
};

/** Each with the number of histories within which the model must notice it. */
export const BROKEN: readonly (readonly [Variant, number])[] = [
  [headReadAgain, 3000],
  [foldedPerChange, 3000],
  [deleted, 3000],
  [unguarded, 3000],
  [unchecked, 3000],
  [raisedFirst, 3000],
  [keyTwice, 3000],
  [numberTwice, 3000],
  [clearedFirst, 3000],
  [refusalStands, 3000],
  [halfWritten, 3000],
];
