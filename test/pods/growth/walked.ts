// Estimates how many documents a store has to look at for a query, with the indexes that the collection declares. Pure.
import { readCondition, sortValue } from '../../../src/store/indexed.ts';
import type { CollectionSpec, Condition, Doc, Query } from '../../../src/store/port.ts';
import { matches } from '../../store/memory.ts';

type Where = Readonly<Record<string, Condition | undefined>>;

/** Returns the number of documents that the best index leads to. `found`: how many the query returned. */
export function walked(spec: CollectionSpec, docs: readonly Doc[], query: Query<Doc>, found: number): number {
  const where = query.where as Where;
  if (Object.hasOwn(where, 'id')) return found;
  return Math.min(...spec.indexes.map(({ fields }) => byIndex(fields, docs, query, found)), docs.length);
}

function byIndex(fields: readonly string[], docs: readonly Doc[], query: Query<Doc>, found: number): number {
  const where = query.where as Where;
  const [first = ''] = fields;
  if (!Object.hasOwn(where, first)) return docs.length;
  const equal = fields.slice(
    0,
    endOf(fields, (field) => isEqual(where[field])),
  );
  const points = endOf(fields, (field) => isPoint(where[field]));
  const next = fields[points] ?? '';
  const led = [...fields.slice(0, points), ...(Object.hasOwn(where, next) ? [next] : [])];
  // Without a sort the documents are ordered by their ids, which no index gives.
  const sort = query.sort ?? [['id', 'asc']];
  const inOrder = sort.every(
    ([field], n) => field === fields[equal.length + n] && docs.every((doc) => sortValue(doc, field) !== undefined),
  );
  // An index of a field with arrays leads to single values, and keeps no order beyond them.
  const plain = equal.every((field) => docs.every((doc) => !Array.isArray((doc as never)[field])));
  // Read in the order of the index, the walk ends with the page.
  if (inOrder && plain && Object.keys(where).every((field) => led.includes(field))) return found;
  const part = Object.fromEntries(led.map((field) => [field, where[field]]));
  return docs.filter((doc) => matches(doc, part)).length;
}

function endOf(fields: readonly string[], holds: (field: string) => boolean): number {
  const end = fields.findIndex((field) => !holds(field));
  return end < 0 ? fields.length : end;
}

function isPoint(condition: Condition | undefined): boolean {
  return condition !== undefined && readCondition('', condition).kind === 'in';
}

function isEqual(condition: Condition | undefined): boolean {
  if (condition === undefined) return false;
  const read = readCondition('', condition);
  return read.kind === 'in' && read.values.length === 1;
}
