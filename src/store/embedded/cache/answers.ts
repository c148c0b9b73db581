// A cache of the answers to queries for few documents. Most of them are looks for news that find none, and are asked again and
// again. An answer is dropped when a document with the value that its query names is written, but stays when a document changes
// in other fields than those that its query looks at: it names the documents by their ids.
import { isSameValue, readCondition } from '../../indexed.ts';
import type { Condition, Doc, Scalar } from '../../port.ts';
import { type Bounds, boundedMap } from './bounded-map.ts';

type Values = ReadonlyMap<string, Scalar | Scalar[]>;

export interface Answers {
  /** Returns the ids of the documents, in the order of the query, if the answer still holds. */
  get(question: Question): readonly string[] | undefined;
  keep(question: Question, ids: readonly string[]): void;
  /** Drops the answers that a new document with these index values may be in. */
  drop(values: Values): void;
  /** Drops the answers that a document may enter or leave, or in which it may get another place, by the change of its values. */
  dropChanged(before: Values, after: Values): void;
  dropAll(): void;
}

/** A query that names a value of a field. Only documents with this value can be in its answer. */
export interface Question {
  key: string;
  field: string;
  value: Scalar;
  /** All fields that the query looks at, except `id`. */
  fields: readonly string[];
}

/** In each collection. The characters are those of the keys and the ids. */
const MOST: Bounds = { entries: 1000, chars: 1_000_000 };
/** Lists of more values make keys that cost as much as the query. */
const MOST_VALUES = 50;

/**
 * Returns undefined for a query that names no value. Also for one whose JSON text another query may have, since a value that is
 * missing is left out there, and infinity becomes null. And for one that looks at the revision, which each change raises.
 */
export function questionOf(query: {
  where: Readonly<Record<string, Condition | undefined>>;
  sort?: readonly (readonly [string, unknown])[];
  limit?: number;
  after?: Doc;
}): Question | undefined {
  const { where, sort, limit, after } = query;
  if (after || (limit !== undefined && !Number.isFinite(limit))) return undefined;
  const conditions = Object.entries(where);
  if (!conditions.every(([, condition]) => isWritable(condition))) return undefined;
  const fields = [...Object.keys(where), ...(sort ?? []).map(([field]) => field)].filter((field) => field !== 'id');
  if (fields.includes('rev')) return undefined;
  for (const [field, condition] of conditions) {
    if (field === 'id' || typeof condition === 'object') continue;
    const read = readCondition(field, condition);
    const [value] = read.kind === 'in' ? read.values : [];
    if (value !== undefined) return { key: JSON.stringify([where, sort, limit]), field, value, fields };
  }
  return undefined;
}

/** True if no other condition has the same JSON text. */
function isWritable(condition: Condition | undefined): boolean {
  if (typeof condition !== 'object') return isExact(condition);
  if (condition === null) return false;
  const values: readonly unknown[] = 'in' in condition ? condition.in : Object.values(condition);
  return values.length <= MOST_VALUES && values.every(isExact);
}

function isExact(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

export function makeAnswers(most = MOST): Answers {
  /** The keys of the answers by field and value. */
  const asked = new Map<string, Map<Scalar, Set<string>>>();
  const answers = boundedMap<{ ids: readonly string[]; question: Question }>(most, ({ question }) => unlink(question));

  function unlink({ key, field, value }: Question): void {
    const ofField = asked.get(field);
    const keys = ofField?.get(value);
    keys?.delete(key);
    if (!keys?.size) ofField?.delete(value);
  }

  /** Returns the keys of the answers that a document with these values may be in. */
  function keysFor(values: Values): string[] {
    const keys: string[] = [];
    for (const [field, ofField] of asked)
      for (const value of [values.get(field) ?? []].flat()) keys.push(...(ofField.get(value) ?? []));
    return keys;
  }

  return {
    get: ({ key }) => answers.get(key)?.ids,
    keep(question, ids) {
      const { key, field, value } = question;
      const ofField = asked.get(field) ?? new Map<Scalar, Set<string>>();
      asked.set(field, ofField);
      answers.delete(key);
      ofField.set(value, (ofField.get(value) ?? new Set()).add(key));
      answers.set(key, { ids, question }, key.length + ids.join('').length);
    },
    drop(values) {
      if (!answers.size) return;
      for (const key of keysFor(values)) answers.delete(key);
    },
    dropChanged(before, after) {
      if (!answers.size) return;
      const changed = new Set(
        [...before.keys(), ...after.keys()].filter((f) => !isSameValue(before.get(f), after.get(f))),
      );
      if (!changed.size) return;
      for (const key of [...keysFor(before), ...keysFor(after)])
        if (answers.get(key)?.question.fields.some((field) => changed.has(field))) answers.delete(key);
    },
    dropAll() {
      answers.clear();
      asked.clear();
    },
  };
}
