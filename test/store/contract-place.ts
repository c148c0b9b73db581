// A place where a store lies, the collections the contract uses, and the store opened once for a whole suite.
import type { Collection, CollectionSpec, Leased, Scalar, Store } from '../../src/store/port.ts';

/** Opens stores on the same lasting data; `remove` takes it away. */
export interface Place {
  open(specs: readonly CollectionSpec[]): Promise<Store>;
  remove(): Promise<void>;
}

export type OpenPlace = () => Promise<Place>;

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
  value?: unknown;
  /** Indexed only once a test says so. */
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
    ],
  },
  { name: 'views', kind: 'view', indexes: [{ fields: ['pod'] }] },
];

let made = 0;

export const aThing = (given: Partial<Thing> & { pod: string }): Thing => {
  made += 1;
  return { id: `t${String(made).padStart(6, '0')}`, rev: 1, n: made, leaseBy: '', leaseUntil: 0, ...given };
};

export function openedStore(open: OpenPlace): Opened {
  let place: Place;
  let store: Store;
  before(async () => {
    place = await open();
    store = await place.open(specs);
  });
  after(async () => {
    await store.close();
    await place.remove();
  });
  return {
    store: () => store,
    things: () => store.collection<Thing>('things'),
    async reopen(other = specs) {
      await store.close();
      store = await place.open(other);
    },
    pod() {
      made += 1;
      return `pod${made}`;
    },
  };
}
