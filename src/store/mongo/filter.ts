// Translates a query of the port into MongoDB's filter and sort.

import type { mongo } from 'mongoose';
import { readCondition, sortValue } from '../indexed.ts';
import type { CollectionSpec, Condition, Doc, Scalar } from '../port.ts';
import type { Row } from './row.ts';

export type Filter = mongo.Filter<Row>;
type SortKey = readonly [string, 'asc' | 'desc'];
type Conditions = Readonly<Record<string, Condition | undefined>>;

const keyOf = (field: string): string => (field === 'id' ? '_id' : field);

export function allOf(filters: readonly Filter[]): Filter {
  return filters.length === 0 ? {} : { $and: [...filters] };
}

export function whereFilter(where: Conditions): Filter {
  return allOf(Object.entries(where).map(([field, condition]) => conditionFilter(field, condition)));
}

function conditionFilter(field: string, condition: Condition | undefined): Filter {
  const read = readCondition(field, condition);
  const key = keyOf(field);
  if (read.kind === 'in') return { [key]: { $in: [...read.values] } } as Filter;
  const range = Object.fromEntries(read.bounds.map(([op, value]) => [`$${op}`, value]));
  if (read.bounds.length === 1) return { [key]: range } as Filter;
  // One element of an array must satisfy both bounds; without `$elemMatch` two elements could satisfy one bound each.
  // The plain range is only there for the index.
  return { [key]: range, $or: [{ [key]: { $not: { $type: 'array' } } }, { [key]: { $elemMatch: range } }] } as Filter;
}

/** Returns the filter for documents after `after` in this order. Absent fields sort first. */
export function afterFilter(sort: readonly SortKey[], after: Doc): Filter {
  const [first, ...others] = sort;
  if (!first) return { _id: { $gt: after.id } };
  const key = keyOf(first[0]);
  const value = sortValue(after, first[0]);
  const tie = allOf([{ [key]: value ?? null } as Filter, afterFilter(others, after)]);
  return { $or: [...strictlyAfter(key, first[1], value), tie] };
}

function strictlyAfter(key: string, direction: 'asc' | 'desc', value: Scalar | undefined): Filter[] {
  if (direction === 'asc') return [{ [key]: value === undefined ? { $ne: null } : { $gt: value } } as Filter];
  return value === undefined ? [] : [{ [key]: { $lt: value } } as Filter, { [key]: null } as Filter];
}

export function sortOf(sort: readonly SortKey[], tieBreak: boolean): mongo.Sort {
  const keys = sort
    .filter(([field]) => field !== 'id' || tieBreak)
    .map(([field, direction]) => [keyOf(field), direction === 'asc' ? 1 : -1] as const);
  const ends = tieBreak && !sort.some(([field]) => field === 'id') ? [['_id', 1] as const] : [];
  return new Map([...keys, ...ends]) as mongo.Sort;
}

/**
 * True if no two matches can be equal in all sort fields, because conditions and sort together cover a unique index.
 * The index alone then gives the order. Adding `_id` would make MongoDB read and sort all matches.
 */
export function neverTies(spec: CollectionSpec, where: Conditions, sort: readonly SortKey[]): boolean {
  const fixed = Object.entries(where)
    .filter(([, condition]) => typeof condition !== 'object')
    .map(([field]) => field);
  const covered = [...fixed, ...sort.map(([field]) => field)];
  return (
    sort.some(([field]) => field !== 'id') &&
    spec.indexes.some((index) => index.unique && index.fields.every((field) => covered.includes(field)))
  );
}

/** Compares documents as MongoDB orders them by `sortOf`: first by the type of a value, texts by their bytes in UTF-8. */
export function inOrder(sort: readonly SortKey[]): (a: Doc, b: Doc) => number {
  return (a, b) => {
    for (const [field, direction] of sort) {
      const by = compare(sortValue(a, field), sortValue(b, field));
      if (by !== 0) return direction === 'asc' ? by : -by;
    }
    return compare(a.id, b.id);
  };
}

function compare(a: Scalar | undefined, b: Scalar | undefined): number {
  if (a === b) return 0;
  if (typeof a !== typeof b) return TYPES.indexOf(typeof a) - TYPES.indexOf(typeof b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

/** In MongoDB's order (mongodb.com/docs/manual/reference/bson-type-comparison-order). */
const TYPES = ['undefined', 'number', 'string', 'boolean'];
