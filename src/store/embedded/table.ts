// The table of a collection: the JSON text of each document, a column for each index field, and a side table for
// arrays.
import { indexedFields, indexedValues, isSameValue } from '../indexed.ts';
import type { CollectionSpec, Doc, Scalar } from '../port.ts';
import { type Answers, makeAnswers } from './cache/answers.ts';
import { makeRecent, type Recent } from './cache/recent.ts';
import { type Arg, type Database, prepare } from './database.ts';

export interface Table {
  readonly spec: CollectionSpec;
  readonly name: string;
  /**
   * The side table has rows (field, value, n) for fields that have ever contained an array. For such a field it is the
   * index, also of single values.
   */
  readonly side: string;
  readonly arrayFields: Set<string>;
  readonly recent: Recent;
  readonly answers: Answers;
}

export const column = (field: string): string => (field === 'id' || field === 'rev' ? field : `"f_${field}"`);

// Converts a value for SQLite, which orders NULL < numbers < text < blobs. Booleans are stored as blobs, so that the
// types don't mix and are ordered as in MongoDB.
export const argOf = (value: Scalar): Arg => (typeof value === 'boolean' ? Buffer.from([value ? 1 : 0]) : value);

/** Creates the table, or migrates it to the declared fields and indexes. */
export function openTable(db: Database, spec: CollectionSpec): Table {
  const table: Table = {
    spec,
    name: `"doc_${spec.name}"`,
    side: `"side_${spec.name}"`,
    arrayFields: new Set(),
    recent: makeRecent(),
    answers: makeAnswers(),
  };
  // A new table gets all its columns at once, since SQLite reads the whole schema again for each that is added.
  db.exec(`CREATE TABLE IF NOT EXISTS ${table.name}
    (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL, ${indexedFields(spec).map(column).join(', ')}, json TEXT NOT NULL)`);
  db.exec(`CREATE TABLE IF NOT EXISTS ${table.side}
    (field TEXT, value, n INTEGER, PRIMARY KEY (field, value, n)) WITHOUT ROWID`);
  db.exec(`CREATE INDEX IF NOT EXISTS "side_${spec.name}_n" ON ${table.side} (n)`);
  rereadArrayFields(db, table);
  addColumns(db, table);
  setIndexes(db, table);
  return table;
}

export function rereadArrayFields(db: Database, table: Table): void {
  table.arrayFields.clear();
  for (const [field] of prepare(db, `SELECT DISTINCT field FROM ${table.side}`).all([]))
    table.arrayFields.add(field as string);
}

/** Returns a document's column values, in the order of `indexedFields`, and the values of its arrays. */
export function rowOf(spec: CollectionSpec, doc: Doc): { args: Arg[]; values: Map<string, Scalar | Scalar[]> } {
  const values = indexedValues(spec, doc);
  return { args: columnArgs(indexedFields(spec), values), values };
}

function columnArgs(fields: readonly string[], values: Map<string, Scalar | Scalar[]>): Arg[] {
  return fields.map((field) => {
    const value = values.get(field);
    return value === undefined || Array.isArray(value) ? null : argOf(value);
  });
}

type Values = Map<string, Scalar | Scalar[]>;

/**
 * Returns a function that writes a document's rows of the side table. `n`: returns the number of its row in the table.
 * `before`: the document that is replaced; absent for a new document, and without `values` if those are not known.
 */
export function sideWriter(
  db: Database,
  table: Table,
): (n: () => number, values: Values, before?: { values?: Values }) => void {
  const add = prepare(db, `INSERT OR IGNORE INTO ${table.side} (field, value, n) VALUES (?, ?, ?)`);
  const clear = prepare(db, `DELETE FROM ${table.side} WHERE n = ?`);
  return (n, values, before) => {
    for (const [field, value] of values)
      if (Array.isArray(value) && value.length > 0 && !table.arrayFields.has(field)) learn(db, table, field);
    const fields = [...table.arrayFields];
    const known = before?.values;
    if (fields.length === 0 || (known && fields.every((field) => isSameValue(known.get(field), values.get(field)))))
      return;
    const row = n();
    if (before) clear.run([row]);
    for (const field of fields)
      for (const value of [values.get(field) ?? []].flat()) add.run([field, argOf(value), row]);
  };
}

/**
 * Called when a field first contains an array: adds the single values of all documents to the side table. It happens
 * once per field, mostly in an empty table.
 */
function learn(db: Database, table: Table, field: string): void {
  prepare(
    db,
    `INSERT OR IGNORE INTO ${table.side} SELECT ?, ${column(field)}, n FROM ${table.name} WHERE ${column(field)} IS NOT NULL`,
  ).run([field]);
  table.arrayFields.add(field);
}

function addColumns(db: Database, table: Table): void {
  const present = new Set(
    prepare(db, `SELECT name FROM pragma_table_info('doc_${table.spec.name}')`)
      .all([])
      .map(([name]) => `"${name as string}"`),
  );
  const missing = indexedFields(table.spec).filter((field) => !present.has(column(field)));
  for (const field of missing) db.exec(`ALTER TABLE ${table.name} ADD COLUMN ${column(field)}`);
  if (missing.length > 0) fillColumns(db, table);
}

function fillColumns(db: Database, table: Table): void {
  // The lease is left out, because its columns are newer than the JSON text.
  const fields = indexedFields(table.spec).filter((field) => field !== 'leaseBy' && field !== 'leaseUntil');
  if (fields.length === 0) return;
  const page = prepare(db, `SELECT n, json FROM ${table.name} WHERE n > ? ORDER BY n LIMIT 500`);
  const set = prepare(
    db,
    `UPDATE ${table.name} SET ${fields.map((field) => `${column(field)} = ?`).join(', ')} WHERE n = ?`,
  );
  const side = sideWriter(db, table);
  for (let rows = page.all([0]); rows.length > 0; rows = page.all([rows.at(-1)?.[0] as number]))
    for (const [n, json] of rows as [number, string][]) {
      const { values } = rowOf(table.spec, JSON.parse(json) as Doc);
      set.run([...columnArgs(fields, values), n]);
      side(() => n, values, {});
    }
}

function setIndexes(db: Database, table: Table): void {
  const { name, indexes } = table.spec;
  const wanted = new Map(
    indexes.map(({ fields, unique, sparse, ties }) => [
      `${unique ? 'unique' : sparse ? 'sparse' : 'index'}_${name}_${fields.join('_')}${ties ? '_ties' : ''}`,
      `${unique ? 'UNIQUE INDEX' : 'INDEX'} %s ON ${table.name} (${[...fields, ...(ties ? ['id'] : [])].map(column).join(', ')})${
        sparse ? ` WHERE ${column(fields[0] as string)} IS NOT NULL` : ''
      }`,
    ]),
  );
  const present = prepare(db, `SELECT name FROM pragma_index_list('doc_${name}') WHERE origin = 'c'`)
    .all([])
    .map(([each]) => each as string);
  for (const each of present) if (!wanted.has(each)) db.exec(`DROP INDEX "${each}"`);
  for (const [each, sql] of wanted) if (!present.includes(each)) db.exec(`CREATE ${sql.replace('%s', `"${each}"`)}`);
}
