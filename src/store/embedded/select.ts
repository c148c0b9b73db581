// Translates a query of the port into SQL over the columns of a collection.
import { readCondition, sortValue } from '../indexed.ts';
import type { Condition, Doc, Scalar } from '../port.ts';
import type { Arg } from './database.ts';
import { argOf, column, type Table } from './table.ts';

export interface Sql {
  text: string;
  args: Arg[];
}

type SortKey = readonly [string, 'asc' | 'desc'];

export function whereSql(table: Table, where: Readonly<Record<string, Condition | undefined>>): Sql {
  return allOf(Object.entries(where).map(([field, condition]) => conditionSql(table, field, condition)));
}

export const orderSql = (sort: readonly SortKey[]): string =>
  [...sort.map(([field, direction]) => `${column(field)} ${direction}`), 'id'].join(', ');

export function allOf(parts: readonly Sql[]): Sql {
  if (parts.length === 0) return { text: '1', args: [] };
  return { text: parts.map(({ text }) => text).join(' AND '), args: parts.flatMap(({ args }) => args) };
}

function conditionSql(table: Table, field: string, condition: Condition | undefined): Sql {
  if (!table.arrayFields.has(field)) return testSql(column(field), field, condition);
  const { text, args } = testSql('value', field, condition);
  return { text: `n IN (SELECT n FROM ${table.side} WHERE field = ? AND ${text})`, args: [field, ...args] };
}

function testSql(col: string, field: string, condition: Condition | undefined): Sql {
  const read = readCondition(field, condition);
  if (read.kind === 'in') return inSql(col, read.values);
  const bounds = read.bounds.map(([op, value]) => ({ text: `${col} ${operators[op]} ?`, args: [argOf(value)] }));
  return allOf([...bounds, sameType(col, read.bounds[0][1])]);
}

const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function inSql(col: string, values: readonly Scalar[]): Sql {
  const [only, ...others] = values;
  if (only === undefined) return { text: '0', args: [] };
  if (others.length === 0) return { text: `${col} = ?`, args: [argOf(only)] };
  // The list is filled up to a power of two, so that lists of all lengths share a few prepared statements.
  const args = values.map(argOf);
  while ((args.length & (args.length - 1)) !== 0) args.push(argOf(only));
  return { text: `${col} IN (${args.map(() => '?').join(', ')})`, args };
}

/** Returns a condition that limits a range to values of its own type. `argOf` says how types are ordered. */
function sameType(col: string, value: Scalar): Sql {
  if (typeof value === 'number') return { text: `${col} < ''`, args: [] };
  return { text: typeof value === 'string' ? `${col} >= '' AND ${col} < x''` : `${col} >= x''`, args: [] };
}

/**
 * Returns the condition for documents after `after` in this order, as one or two ranges to be read one after the other.
 * Absent fields are NULL and sort first. In descending order they come last, in a range of their own, so that the index
 * bounds the first range.
 */
export function afterSql(sort: readonly SortKey[], after: Doc): Sql[] {
  const [first] = sort;
  const value = first && sortValue(after, first[0]);
  const rest = beyond(sort, after);
  if (!first || value === undefined) return [rest];
  const col = column(first[0]);
  const bound: Sql = { text: `${col} ${first[1] === 'asc' ? '>=' : '<='} ?`, args: [argOf(value)] };
  return first[1] === 'asc' ? [allOf([bound, rest])] : [allOf([bound, rest]), { text: `${col} IS NULL`, args: [] }];
}

function beyond([first, ...others]: readonly SortKey[], after: Doc): Sql {
  if (!first) return { text: 'id > ?', args: [after.id] };
  const col = column(first[0]);
  const value = sortValue(after, first[0]);
  const tie = beyond(others, after);
  if (value === undefined) {
    const text = `(${col} IS NULL AND ${tie.text})`;
    return { text: first[1] === 'asc' ? `(${col} IS NOT NULL OR ${text})` : text, args: tie.args };
  }
  const arg = argOf(value);
  return first[1] === 'asc'
    ? { text: `(${col} > ? OR (${col} = ? AND ${tie.text}))`, args: [arg, arg, ...tie.args] }
    : { text: `(${col} < ? OR ${col} IS NULL OR (${col} = ? AND ${tie.text}))`, args: [arg, arg, ...tie.args] };
}
