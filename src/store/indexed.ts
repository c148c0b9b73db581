// Index values: both adapters store the values of the declared index fields beside the JSON text of a document.
import type { CollectionSpec, Condition, Doc, Scalar } from './port.ts';

/**
 * Returns the fields that are stored beside the JSON, except `id` and `rev`. The lease is always among them, because a
 * claim changes it without writing the JSON again.
 */
export function indexedFields(spec: CollectionSpec): readonly string[] {
  const known = INDEXED.get(spec);
  if (known) return known;
  const fields = fieldsOf(spec);
  INDEXED.set(spec, fields);
  return fields;
}

/** Cached per spec, because every document and every query needs it. */
const INDEXED = new WeakMap<CollectionSpec, readonly string[]>();

function fieldsOf(spec: CollectionSpec): string[] {
  const declared = spec.indexes.flatMap((index) => index.fields).filter((field) => field !== 'id' && field !== 'rev');
  return [...new Set([...declared, 'leaseBy', 'leaseUntil'])];
}

/** True if a sparse index begins with the field. A value of `false` is then not stored beside the JSON. */
export function isSparse(spec: CollectionSpec, field: string): boolean {
  return spec.indexes.some(({ fields, sparse }) => sparse && fields[0] === field);
}

/**
 * Returns the index value of a field: a scalar, or the scalars of an array. Undefined for anything else; no condition
 * matches that.
 */
export function indexedValue(value: unknown): Scalar | Scalar[] | undefined {
  return Array.isArray(value) ? [...new Set(value.filter(isScalar))] : isScalar(value) ? value : undefined;
}

/** Returns the value by which a field sorts. Undefined for an array. */
export function sortValue(doc: Doc, field: string): Scalar | undefined {
  const value = indexedValue((doc as unknown as Record<string, unknown>)[field]);
  return Array.isArray(value) ? undefined : value;
}

/**
 * Returns a document's index values by field, without absent ones. Throws if a field of a unique index holds an array,
 * because such an index can't compare arrays.
 */
export function indexedValues(spec: CollectionSpec, doc: Doc): Map<string, Scalar | Scalar[]> {
  const values = new Map<string, Scalar | Scalar[]>();
  for (const field of indexedFields(spec)) {
    const value = indexedValue((doc as unknown as Record<string, unknown>)[field]);
    if (value === undefined || (value === false && isSparse(spec, field))) continue;
    if (Array.isArray(value) && spec.indexes.some((index) => index.unique && index.fields.includes(field)))
      throw new Error(`${spec.name}: "${field}" is in a unique index, so ${doc.id} can't hold an array there.`);
    values.set(field, value);
  }
  return values;
}

/** True if two index values are equal. Both may be absent. */
export function isSameValue(a?: Scalar | Scalar[], b?: Scalar | Scalar[]): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

export type Bound = readonly ['gt' | 'gte' | 'lt' | 'lte', Scalar];
/** A condition in one of two forms. A condition that can't match anything is an empty `in`. */
export type ReadCondition =
  | { kind: 'in'; values: readonly Scalar[] }
  | { kind: 'range'; bounds: readonly [Bound, ...Bound[]] };

/**
 * Parses a condition. Throws if the value is missing: that is a bug of the caller, and must never make the query match
 * more.
 */
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
  // A range with bounds of different types matches nothing, in both stores.
  if (rest.some(([, value]) => typeof value !== typeof first[1])) return { kind: 'in', values: [] };
  return { kind: 'range', bounds: [first, ...rest] };
}

type AnyQuery = { where: object; sort?: readonly (readonly [string, unknown])[] };

/**
 * Checks a query. Throws if it uses a field without an index, has a condition without a value, or would scan the whole
 * collection.
 */
export function checkQuery(spec: CollectionSpec, { where, sort = [] }: AnyQuery): void {
  const fields = Object.keys(where);
  const known = indexedFields(spec);
  const asked = sort.length ? [...fields, ...sort.map(([field]) => field)] : fields;
  const stranger = asked.find((field) => field !== 'id' && field !== 'rev' && !known.includes(field));
  if (stranger !== undefined)
    throw new Error(`${spec.name} has no index on "${stranger}": declare one in its spec, or don't ask for it.`);
  for (const field of fields) {
    const read = readCondition(field, (where as Record<string, Condition | undefined>)[field]);
    if (read.kind === 'in' && read.values.includes(false) && isSparse(spec, field))
      throw new Error(`A sparse index of ${spec.name} begins with "${field}", so nobody can ask for false there.`);
  }
  const entries = asked.slice(0, fields.length + 1);
  const begins = (field: string) =>
    field === 'id' ||
    spec.indexes.some(({ fields: [first], sparse }) => first === field && (!sparse || Object.hasOwn(where, first)));
  if (entries.length > 0 && !entries.some(begins))
    throw new Error(`No index of ${spec.name} begins with one of ${entries.join(', ')}: declare one in its spec.`);
}

const names = /^[A-Za-z][A-Za-z0-9]*$/;
/** The names that the stores use themselves, so that no collection may have them. */
const taken = ['bodies', 'postings', 'blobs', 'kept'];
const takenFields = ['json', '_id'];

/** Throws if a spec can't be stored. Its names become part of SQL and of MongoDB's keys. */
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

/** Returns the spec with this name. Throws if there is none, which is a bug. */
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
