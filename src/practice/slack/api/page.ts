// Cursor pagination. A cursor encodes the position at which the next page begins.
import type { Json } from '../given.ts';
import { optionalText } from './arguments.ts';
import { refuse } from './method.ts';

export interface Page<T> {
  items: T[];
  more: boolean;
  response_metadata: { next_cursor: string };
}

export function pageOf<T>(all: readonly T[], args: Json, limit: number): Page<T> {
  const from = positionOf(optionalText(args, 'cursor'));
  const items = all.slice(from, from + limit);
  const more = from + limit < all.length;
  const next = more ? Buffer.from(`next:${from + limit}`).toString('base64') : '';
  return { items, more, response_metadata: { next_cursor: next } };
}

function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const found = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  return found === null ? refuse('invalid_cursor') : Number(found[1]);
}
