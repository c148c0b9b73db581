// A cache of the answers to queries for few documents. Most of them are looks for news that find none, and are asked again and
// again. An answer is dropped when a document with the value that its query names is written.
import { readCondition } from '../../indexed.ts';
import type { Condition, Doc, Scalar } from '../../port.ts';
import { type Bounds, boundedMap } from './bounded-map.ts';

export interface Answers {
  /** Returns the answer, if it still holds. */
  get(question: Question): readonly Doc[] | undefined;
  /** `chars`: the length of the JSON texts of its documents. */
  keep(question: Question, docs: readonly Doc[], chars: number): void;
  /** Drops the answers that a document with these index values may be in. Call it with the old values and with the new ones. */
  drop(values: ReadonlyMap<string, Scalar | Scalar[]>): void;
  dropAll(): void;
}

/** A query that names a value of a field. Only documents with this value can be in its answer. */
export interface Question {
  key: string;
  field: string;
  value: Scalar;
}

/** In each collection. Most answers are empty, so the characters are mostly those of the keys. */
const MOST: Bounds = { entries: 1000, chars: 1_000_000 };
/** Lists of more values make keys that cost as much as the query. */
const MOST_VALUES = 50;

/**
 * Returns undefined for a query that names no value. Also for one whose JSON text another query may have, since a value that is
 * missing is left out there, and infinity becomes null.
 */
export function questionOf(query: {
  where: Readonly<Record<string, Condition | undefined>>;
  sort?: unknown;
  limit?: number;
  after?: Doc;
}): Question | undefined {
  const { where, sort, limit, after } = query;
  if (after || (limit !== undefined && !Number.isFinite(limit))) return undefined;
  const conditions = Object.entries(where);
  if (!conditions.every(([, condition]) => isWritable(condition))) return undefined;
  for (const [field, condition] of conditions) {
    if (field === 'id' || field === 'rev' || typeof condition === 'object') continue;
    const read = readCondition(field, condition);
    const [value] = read.kind === 'in' ? read.values : [];
    if (value !== undefined) return { key: JSON.stringify([where, sort, limit]), field, value };
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
  const answers = boundedMap<{ docs: readonly Doc[]; question: Question }>(most, ({ question }) => unlink(question));

  function unlink({ key, field, value }: Question): void {
    const ofField = asked.get(field);
    const keys = ofField?.get(value);
    keys?.delete(key);
    if (!keys?.size) ofField?.delete(value);
  }

  return {
    get: ({ key }) => answers.get(key)?.docs,
    keep(question, docs, chars) {
      const { key, field, value } = question;
      const ofField = asked.get(field) ?? new Map<Scalar, Set<string>>();
      asked.set(field, ofField);
      answers.delete(key);
      ofField.set(value, (ofField.get(value) ?? new Set()).add(key));
      answers.set(key, { docs, question }, key.length + chars);
    },
    drop(values) {
      if (!answers.size) return;
      for (const [field, ofField] of asked)
        for (const value of [values.get(field) ?? []].flat())
          for (const key of ofField.get(value) ?? []) answers.delete(key);
    },
    dropAll() {
      answers.clear();
      asked.clear();
    },
  };
}
