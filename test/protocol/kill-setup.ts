// Shared by both sides of the kill test: the data directory, and the acts and keys of each writer.

import type { ActRequest } from '../../src/log/act.ts';
import type { AnyDelivery } from '../../src/log/commit.ts';
import { type Fold, LOG_SPECS } from '../../src/log/fold.ts';
import { KINDS, VIEW_SPECS } from '../../src/pods/kinds.ts';
import type { CollectionSpec, Doc, Store, Write } from '../../src/store/port.ts';

export type StoreLocation = { kind: 'embedded'; dir: string } | { kind: 'mongo'; uri: string; database: string };

/** The child's argument, as JSON. `next`: the first unacknowledged number of each writer. */
export interface Work {
  location: StoreLocation;
  next: number[];
}

/** The lines that the child prints. */
export type ChildLine = { kind: 'opened' } | { kind: 'acknowledged'; pod: string; key: string; seq: number };

export const WRITERS = 8;
export const PODS = ['p_one', 'p_two', 'p_three'] as const;

const HANDED: CollectionSpec = { name: 'handed', kind: 'journal', indexes: [{ fields: ['pod'] }] };
export const SPECS: readonly CollectionSpec[] = [...LOG_SPECS, ...VIEW_SPECS, HANDED];

/** Adapters are loaded late: loading one is most of the start time. */
export async function openAt(location: StoreLocation): Promise<Store> {
  if (location.kind === 'mongo')
    return (await import('../../src/store/mongo/open.ts')).openMongo({ ...location, specs: SPECS });
  return (await import('../../src/store/embedded/open.ts')).openEmbedded({ dir: location.dir, specs: SPECS });
}

export type Handed = Doc & Pick<AnyDelivery, 'pod' | 'kind'>;

export function foldOver(store: Store): Fold {
  return {
    store,
    kinds: KINDS,
    async deliver(deliveries) {
      await store.collection<Handed>('handed').insert(handedOf(deliveries));
    },
    async savingDeliveries(deliveries) {
      const writes = handedOf(deliveries).map((doc): Write => ({ kind: 'insert', collection: 'handed', doc }));
      return { writes, async written() {} };
    },
  };
}

function handedOf(deliveries: readonly AnyDelivery[]): Handed[] {
  return deliveries.map(({ id, pod, kind }) => ({ id, rev: 1, pod, kind }));
}

type Asked = Pick<ActRequest, 'pod' | 'action' | 'input' | 'key'>;

/** Repeated at every start. After the first time their keys are known. */
export const OPENING: readonly Asked[] = [
  {
    pod: 'org',
    action: 'register_person',
    input: { account: 'slack:T1:U1', name: 'Ada Lindqvist', handle: 'ada', role: 'owner' },
    key: 'ada',
  },
  ...PODS.flatMap((pod) => [
    { pod, action: 'create_pod', input: { name: `Pod ${pod}`, members: ['ada'] }, key: 'pod' },
    { pod, action: 'create_task', input: { title: 'Everybody renames this' }, key: 'task' },
  ]),
];

/** Deterministic by writer and number, so that an unacknowledged act is repeated exactly. */
export function asked(writer: number, n: number): Asked {
  const pod = PODS[(writer + n) % PODS.length] ?? PODS[0];
  const key = `${writer}-${n}`;
  switch (n % 4) {
    case 0:
      return { pod, key, action: 'create_task', input: { title: `Task ${key}`, text: `What ${key} is about.` } };
    case 1:
      return { pod, key, action: 'update_task', input: { task: '#1', title: `Renamed by ${key}` } };
    case 2:
      return { pod, key, action: 'start_conversation', input: { title: `About ${key}`, text: `Hello from ${key}.` } };
    default:
      return { pod, key, action: 'record_decision', input: { decision: `We go with ${key}.` } };
  }
}
