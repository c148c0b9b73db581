// Reads fields of blocks and attachments of any shape: a field of the wrong type counts as empty. Pure.

export type Loose = Record<string, unknown>;

/** How deep blocks are read, since a block may contain blocks. Real messages are nested less deeply. */
export const MOST_DEPTH = 8;

export function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the objects in a list field and omits all other values. */
export function childrenOf(of: Loose, name: string): Loose[] {
  const list = of[name];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

export function fieldOf(of: Loose, name: string): string {
  const value = of[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
