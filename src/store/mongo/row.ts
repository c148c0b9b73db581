// A document in MongoDB: its JSON text, and beside it the values of its index fields, as in the embedded store. The text
// is exact. BSON is not: the driver turns { $ref, $id } into a DBRef, loses lone surrogates, and refuses some keys.
import { indexedValues, sortValue } from '../indexed.ts';
import type { CollectionSpec, Doc, Index, Leased, Scalar } from '../port.ts';

export interface Row {
  _id: string;
  rev: number;
  json: string;
  leaseBy?: string;
  leaseUntil?: number;
  [field: string]: Scalar | Scalar[] | undefined;
}

export function rowOf(spec: CollectionSpec, doc: Doc): Row {
  const row: Row = { _id: doc.id, rev: doc.rev, json: JSON.stringify(doc) };
  for (const [field, value] of indexedValues(spec, doc)) row[field] = value;
  for (const index of spec.indexes) if (index.unique && lacksOne(index, doc)) row[loneField(index)] = doc.id;
  return row;
}

/**
 * Builds the document of a row. Revision and lease come from the row, because a claim changes those without writing the
 * JSON again.
 */
export function docOf<D extends Doc>({ rev, leaseBy, leaseUntil, json }: Row): D {
  const doc = JSON.parse(json) as D & Partial<Leased>;
  doc.rev = rev;
  if (leaseBy !== undefined) doc.leaseBy = leaseBy;
  if (leaseUntil !== undefined) doc.leaseUntil = leaseUntil;
  return doc;
}

export const shown = { rev: 1, leaseBy: 1, leaseUntil: 1, json: 1 } as const;

/**
 * Returns the name of the last field of a unique index. MongoDB treats two absent values as equal, so documents that
 * lack a field of the index get this field, each with another value.
 */
export const loneField = (index: Index): string => `_lone_${index.fields.join('_')}`;

const lacksOne = (index: Index, doc: Doc): boolean => index.fields.some((field) => sortValue(doc, field) === undefined);
