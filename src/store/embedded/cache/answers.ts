// A cache of the answers to queries for few documents. Most of them are looks for news that find none, and are asked again and
// again. An answer is dropped when a document with the value that its query names is written.
import { readCondition } from '../../indexed.ts';
import type { Condition, Doc, Scalar } from '../../port.ts';

export interface Answers {
  /** Returns the answer, if it still holds. */
  get(question: Question): readonly Doc[] | undefined;
  keep(question: Question, docs: readonly Doc[]): void;
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

const MOST = 1000;
/** Answers with more documents are not kept. */
const MOST_DOCS = 8;

/** Returns undefined for a query that names no value. */
export function questionOf(query: {
  where: Readonly<Record<string, Condition | undefined>>;
  sort?: unknown;
  limit?: number;
  after?: Doc;
}): Question | undefined {
  const { where, sort, limit, after } = query;
  if (after) return undefined;
  for (const [field, condition] of Object.entries(where)) {
    if (field === 'id' || field === 'rev' || typeof condition === 'object') continue;
    const read = readCondition(field, condition);
    const [value] = read.kind === 'in' ? read.values : [];
    if (value !== undefined) return { key: JSON.stringify([where, sort, limit]), field, value };
  }
  return undefined;
}

export function makeAnswers(most = MOST): Answers {
  const answers = new Map<string, { docs: readonly Doc[]; question: Question }>();
  /** The keys of the answers by field and value. */
  const asked = new Map<string, Map<Scalar, Set<string>>>();

  function remove(key: string): void {
    const found = answers.get(key);
    if (!found) return;
    answers.delete(key);
    const { field, value } = found.question;
    const ofField = asked.get(field);
    const keys = ofField?.get(value);
    keys?.delete(key);
    if (!keys?.size) ofField?.delete(value);
  }

  return {
    get: ({ key }) => answers.get(key)?.docs,
    keep(question, docs) {
      if (docs.length > MOST_DOCS) return;
      const [oldest] = answers.size < most ? [] : answers.keys();
      if (oldest !== undefined) remove(oldest);
      const { key, field, value } = question;
      answers.set(key, { docs, question });
      const ofField = asked.get(field) ?? new Map<Scalar, Set<string>>();
      asked.set(field, ofField);
      ofField.set(value, (ofField.get(value) ?? new Set()).add(key));
    },
    drop(values) {
      if (!answers.size) return;
      for (const [field, ofField] of asked)
        for (const value of [values.get(field) ?? []].flat()) for (const key of ofField.get(value) ?? []) remove(key);
    },
    dropAll() {
      answers.clear();
      asked.clear();
    },
  };
}
