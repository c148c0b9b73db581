// The state of an erasure, until it is done: after a crash, the sessions have forgotten what they held.
import type { LosesPassages } from '../../pods/erasing/take-out-quotes.ts';
import type { Collection, CollectionSpec, Doc, Store } from '../../store/port.ts';
import type { Holder } from './made-by.ts';

export type Losing = { on: LosesPassages; id: string };

export interface PlanDoc extends Doc {
  /** The documents that lose passages, so that a repeat tells of the same. */
  things: (Losing & { pod: string })[];
  /** Absent in an erasure that began before they were kept. */
  holders?: Holder[];
  /** The files that came with the message, and that sessions had read. */
  readFiles?: string[];
}

export const ERASURE_SPEC: CollectionSpec = { name: 'erasures', kind: 'journal', indexes: [] };

export function plansOf(store: Store): Collection<PlanDoc> {
  return store.collection<PlanDoc>(ERASURE_SPEC.name);
}

/** Writes the fields to the plan of the erasure, which it makes if there is none. */
export async function keepPlan(store: Store, id: string, fields: Partial<Omit<PlanDoc, keyof Doc>>): Promise<void> {
  const plans = plansOf(store);
  const before = await plans.get(id);
  if (before) await plans.replace({ ...before, ...fields }, before.rev);
  else await plans.insert([{ id, rev: 1, things: [], ...fields }]);
}
