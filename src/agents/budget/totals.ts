// The running totals of tokens: one for each request (a root), one for each pod and day. Each turn of the model is
// charged to both as soon as it is saved, once, so that no budget is found by adding up runs.
import { RUNS, type RunDoc } from '../../pods/runs/run.ts';
import type { Change, Collection, CollectionSpec, Doc, Store } from '../../store/port.ts';

/** The id of a total names what it is of: `root:<root>`, or `day:<pod>:<YYYY-MM-DD>` in UTC. */
export interface TotalDoc extends Doc {
  /** Tokens, except those read from the prompt cache. */
  tokens: number;
  /** The newest turns that were charged, so that none is charged twice after a crash. */
  charged: string[];
  /** When it began, in milliseconds since 1970. */
  at: number;
}

export interface Totals {
  root: TotalDoc;
  day: TotalDoc;
}

/** A turn of the model. `id`: the id of the turn. */
export interface Charge {
  id: string;
  tokens: number;
}

export const TOTAL_SPEC: CollectionSpec = { name: 'totals', kind: 'view', indexes: [{ fields: ['at'] }] };

/**
 * The most turns that a total remembers. A turn is charged again after a crash only before the next one of its run, so
 * they must be more than the turns that others make in that time.
 */
const MOST_CHARGED = 100;

export interface TotalDeps {
  store: Store;
  clock(): number;
}

export function totalsIn(store: Store): Collection<TotalDoc> {
  return store.collection<TotalDoc>(TOTAL_SPEC.name);
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * Charges the turns to the request and to the pod's day, and returns both totals. Charging a turn again changes
 * nothing. `known`: the totals after the run's previous turn, which spare reading them.
 */
export async function charge(
  { store, clock }: TotalDeps,
  { root, pod }: Pick<RunDoc, 'root' | 'pod'>,
  charges: readonly Charge[],
  known?: Totals,
): Promise<Totals> {
  const [ofRoot, ofDay] = begins(clock(), { root, pod });
  const ids = { root: ofRoot.id, day: ofDay.id };
  const both = known && (await chargeBoth(store, known, ids, charges));
  if (both?.kind === 'charged') return both.totals;
  const before = both?.kind === 'stale' ? undefined : known;
  const [rootTotal, dayTotal] = await Promise.all([
    add(store, ofRoot, charges, before?.root),
    add(store, ofDay, charges, before?.day),
  ]);
  return { root: rootTotal, day: dayTotal };
}

/**
 * Charges both totals in one write, if they are these and stored. Stale: one of them has changed meanwhile. Both are then read,
 * since the other may be charged.
 */
async function chargeBoth(
  store: Store,
  { root, day }: Totals,
  ids: { root: string; day: string },
  charges: readonly Charge[],
): Promise<{ kind: 'charged'; totals: Totals } | { kind: 'stale' } | undefined> {
  const isKnown = root.id === ids.root && day.id === ids.day && root.rev !== UNSAVED && day.rev !== UNSAVED;
  const next = { root: charged(root, charges), day: charged(day, charges) };
  if (!isKnown || !next.root || !next.day) return undefined;
  if (!(await totalsIn(store).replaceEach([next.root, next.day]))) return { kind: 'stale' };
  const totals = { root: { ...next.root, rev: root.rev + 1 }, day: { ...next.day, rev: day.rev + 1 } };
  return { kind: 'charged', totals };
}

/** The writes that charge turns, and the totals once they are made. */
export interface Charging {
  writes: readonly Change[];
  totals(): Totals;
}

/** The same as `charge`, for a store that makes several writes as one. At least one turn is charged. */
export async function charging(
  { store, clock }: TotalDeps,
  { root, pod }: Pick<RunDoc, 'root' | 'pod'>,
  charges: readonly Charge[],
): Promise<Charging> {
  const [ofRoot, ofDay] = begins(clock(), { root, pod });
  const [rootChange, dayChange] = await Promise.all([
    changing(store, ofRoot, charges),
    changing(store, ofDay, charges),
  ]);
  return {
    writes: [rootChange.write, dayChange.write],
    totals: () => ({ root: rootChange.total(), day: dayChange.total() }),
  };
}

async function changing(store: Store, made: New, charges: readonly Charge[]) {
  const known = (await totalsIn(store).get(made.id)) ?? (await begun(store, made));
  let total = known;
  const write: Change = {
    ...{ kind: 'change', collection: TOTAL_SPEC.name, id: made.id },
    next(doc) {
      const before = (doc as TotalDoc | undefined) ?? { ...known, rev: UNSAVED };
      const next = charged(before, charges) ?? before;
      total = next === doc ? next : { ...next, rev: before.rev + 1 };
      return next;
    },
  };
  return { write, total: () => total };
}

function begins(now: number, { root, pod }: Pick<RunDoc, 'root' | 'pod'>): [New, New] {
  const today = dayOf(now);
  return [
    { id: `root:${root}`, at: now, where: { root } },
    { id: `day:${pod}:${today}`, at: now, where: { pod, at: { gte: Date.parse(today) } } },
  ];
}

/** `where`: the runs whose tokens a new total begins with. They are few, or of a version that kept no totals. */
interface New {
  id: string;
  at: number;
  where: Parameters<Collection<RunDoc>['find']>[0]['where'];
}

async function add(store: Store, made: New, charges: readonly Charge[], known?: TotalDoc): Promise<TotalDoc> {
  const totals = totalsIn(store);
  for (let total = known?.id === made.id ? known : undefined; ; total = undefined) {
    total ??= (await totals.get(made.id)) ?? (await begun(store, made));
    const { rev } = total;
    const next = charged(total, charges);
    if (!next) return total;
    if (rev === UNSAVED ? await isInserted(totals, next) : await totals.replace(next, rev))
      return { ...next, rev: rev + 1 };
  }
}

/** Pure. Undefined if all the turns were charged before. */
function charged(total: TotalDoc, charges: readonly Charge[]): TotalDoc | undefined {
  const fresh = charges.filter(({ id }) => !total.charged.includes(id));
  if (!fresh.length) return undefined;
  const tokens = fresh.reduce((sum, one) => sum + one.tokens, total.tokens);
  return { ...total, tokens, charged: [...total.charged, ...fresh.map(({ id }) => id)].slice(-MOST_CHARGED) };
}

/** The revision of a total that nothing was charged to yet. */
const UNSAVED = 0;

async function begun(store: Store, { id, at, where }: New): Promise<TotalDoc> {
  const runs = await store.collection<RunDoc>(RUNS.name).find({ where });
  const tokens = runs.reduce((sum, run) => sum + run.tokens, 0);
  return { id, rev: UNSAVED, at, tokens, charged: [] };
}

async function isInserted(totals: Collection<TotalDoc>, total: TotalDoc): Promise<boolean> {
  return (await totals.insert([{ ...total, rev: UNSAVED + 1 }]))[0] === 'inserted';
}
