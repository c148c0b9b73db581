// Opens a store on its data, with the collections of the contract, once for a whole suite.
import type { Collection, CollectionSpec, Leased, Scalar, Store } from '../../src/store/port.ts';

/** Opens stores on the same data; `remove` deletes it. */
export interface StoreData {
  open(specs: readonly CollectionSpec[]): Promise<Store>;
  remove(): Promise<void>;
}

export type OpenData = () => Promise<StoreData>;

/** Several processes may have MongoDB open at once; the embedded store is closed before it is opened again. */
export interface Opened {
  store(): Store;
  things(): Collection<Thing>;
  reopen(specs?: readonly CollectionSpec[]): Promise<void>;
  /** A pod name no other test uses. */
  pod(): string;
}

export interface Thing extends Leased {
  pod: string;
  n: number;
  key?: string;
  tags?: readonly Scalar[] | Scalar;
  rank?: Scalar | null;
  state?: string;
  flag?: Scalar;
  value?: unknown;
  /** Indexed only in tests that declare it. */
  later?: string | readonly string[];
}

export const specs: readonly CollectionSpec[] = [
  {
    name: 'things',
    kind: 'journal',
    indexes: [
      { fields: ['pod', 'n'], unique: true },
      { fields: ['pod', 'key'], unique: true },
      { fields: ['pod', 'tags'] },
      { fields: ['pod', 'rank'] },
      { fields: ['pod', 'state'] },
      { fields: ['flag', 'pod'], sparse: true },
    ],
  },
  { name: 'views', kind: 'view', indexes: [{ fields: ['pod'] }] },
];

let made = 0;

export const aThing = (given: Partial<Thing> & { pod: string }): Thing => {
  made += 1;
  return { id: `t${String(made).padStart(6, '0')}`, rev: 1, n: made, leaseBy: '', leaseUntil: 0, ...given };
};

export function openedStore(open: OpenData): Opened {
  let data: StoreData;
  let store: Store;
  before(async () => {
    data = await open();
    store = await data.open(specs);
  });
  after(async () => {
    await store.close();
    await data.remove();
  });
  return {
    store: () => store,
    things: () => store.collection<Thing>('things'),
    async reopen(other = specs) {
      await store.close();
      store = await data.open(other);
    },
    pod() {
      made += 1;
      return `pod${made}`;
    },
  };
}
