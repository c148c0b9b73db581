// What the adapters keep beside a document's JSON text so that it can be found: the values of its declared index fields.
import type { CollectionSpec, Condition, Doc, Scalar } from './port.ts';

/** The fields kept besides `id` and `rev`. The lease is always kept: a claim changes it without writing the text again. */
export function indexedFields(spec: CollectionSpec): readonly string[] {
  const known = INDEXED.get(spec);
  if (known) return known;
  const fields = fieldsOf(spec);
  INDEXED.set(spec, fields);
  return fields;
}

/** Asked for with every document and every query: worked out once for each spec. */
const INDEXED = new WeakMap<CollectionSpec, readonly string[]>();

function fieldsOf(spec: CollectionSpec): string[] {
  const declared = spec.indexes.flatMap((index) => index.fields).filter((field) => field !== 'id' && field !== 'rev');
  return [...new Set([...declared, 'leaseBy', 'leaseUntil'])];
}

/** A field as it is kept: its scalar, the scalars of its array, or undefined, which no condition matches. */
export function indexedValue(value: unknown): Scalar | Scalar[] | undefined {
  return Array.isArray(value) ? [...new Set(value.filter(isScalar))] : isScalar(value) ? value : undefined;
}

/** The value by which a field sorts; an array has none. */
export function sortValue(doc: Doc, field: string): Scalar | undefined {
  const value = indexedValue((doc as unknown as Record<string, unknown>)[field]);
  return Array.isArray(value) ? undefined : value;
}

/** The kept values of a document by field, absent ones left out. A unique field must be one value: arrays can't be told apart by it. */
export function indexedValues(spec: CollectionSpec, doc: Doc): Map<string, Scalar | Scalar[]> {
  const values = new Map<string, Scalar | Scalar[]>();
  for (const field of indexedFields(spec)) {
    const value = indexedValue((doc as unknown as Record<string, unknown>)[field]);
    if (value === undefined) continue;
    if (Array.isArray(value) && spec.indexes.some((index) => index.unique && index.fields.includes(field)))
      throw new Error(`${spec.name}: "${field}" is in a unique index, so ${doc.id} can't hold an array there.`);
    values.set(field, value);
  }
  return values;
}

export type Bound = readonly ['gt' | 'gte' | 'lt' | 'lte', Scalar];
/** A condition in one of two shapes; what can't match anything is an empty `in`. */
export type ReadCondition =
  | { kind: 'in'; values: readonly Scalar[] }
  | { kind: 'range'; bounds: readonly [Bound, ...Bound[]] };

/** Reads a condition. A missing value is a bug of the caller, and must never widen what matches. */
export function readCondition(field: string, condition: Condition | undefined): ReadCondition {
  if (isScalar(condition)) return { kind: 'in', values: [condition] };
  if (typeof condition !== 'object' || condition === null) throw new Error(`The condition on "${field}" has no value.`);
  if ('in' in condition) return { kind: 'in', values: condition.in };
  const given = (['gt', 'gte', 'lt', 'lte'] as const).flatMap((op): Bound[] => {
    const value = condition[op];
    return value === undefined ? [] : [[op, value]];
  });
  const [first, ...rest] = given;
  if (!first) throw new Error(`The condition on "${field}" has no bound.`);
  // A range never crosses types, in either store.
  if (rest.some(([, value]) => typeof value !== typeof first[1])) return { kind: 'in', values: [] };
  return { kind: 'range', bounds: [first, ...rest] };
}

type AnyQuery = { where: object; sort?: readonly (readonly [string, unknown])[] };

/** Throws when a query asks for a field that no index declares, has a condition without a value, or would read the whole collection to find a part of it. */
export function checkQuery(spec: CollectionSpec, { where, sort = [] }: AnyQuery): void {
  const asked = [...Object.keys(where), ...sort.map(([field]) => field)];
  const known = ['id', 'rev', ...indexedFields(spec)];
  const stranger = asked.find((field) => !known.includes(field));
  if (stranger !== undefined)
    throw new Error(`${spec.name} has no index on "${stranger}": declare one in its spec, or don't ask for it.`);
  for (const [field, condition] of Object.entries(where)) readCondition(field, condition);
  const leading = ['id', ...spec.indexes.map((index) => index.fields[0])];
  const entries = [...Object.keys(where), ...sort.slice(0, 1).map(([field]) => field)];
  if (entries.length > 0 && !entries.some((field) => leading.includes(field)))
    throw new Error(`No index of ${spec.name} begins with one of ${entries.join(', ')}: declare one in its spec.`);
}

const names = /^[A-Za-z][A-Za-z0-9]*$/;
/** Names the stores need for themselves. */
const taken = ['bodies', 'postings', 'blobs', 'kept'];
const takenFields = ['json', '_id'];

/** Throws when a spec can't be stored: names end up in SQL and in MongoDB's keys. */
export function checkSpecs(specs: readonly CollectionSpec[]): void {
  for (const spec of specs) {
    if (!names.test(spec.name) || taken.includes(spec.name))
      throw new Error(`No collection can be called "${spec.name}".`);
    const wrong = spec.indexes
      .flatMap((index) => index.fields)
      .find((field) => !names.test(field) || takenFields.includes(field));
    if (wrong !== undefined) throw new Error(`${spec.name}: no index field can be called "${wrong}".`);
  }
}

/** The spec of that name; asking for another collection is a bug. */
export function specOf(specs: readonly CollectionSpec[], name: string): CollectionSpec {
  const spec = specs.find((each) => each.name === name);
  if (!spec) throw new Error(`There is no collection "${name}": declare it when the store is opened.`);
  return spec;
}

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
