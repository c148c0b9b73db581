// Reading what Slack and other apps put into blocks and attachments, whatever shape it has: a field that is not what it should be is empty. Pure.

export type Loose = Record<string, unknown>;

/** Blocks may hold blocks; deeper than this nobody writes. */
export const MOST_DEPTH = 8;

export function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; nothing of what is no object. */
export function childrenOf(of: Loose, name: string): Loose[] {
  const list = of[name];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

export function fieldOf(of: Loose, name: string): string {
  const value = of[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
