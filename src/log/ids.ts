// Deterministic ids, random ids, and canonical JSON for hashing.
import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 over the parts, as 20 lower-case letters and digits (103 bits) behind a prefix such as `t_`. */
export function idOf(prefix: string, ...parts: (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${prefix}_${BigInt(`0x${digest}`).toString(36).slice(0, 20)}`;
}

export function randomId<P extends string>(prefix: P): `${P}_${string}` {
  return `${prefix}_${BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString(36)
    .padStart(25, '0')}`;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** JSON with sorted keys and without undefined, so that equal values have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** Sorts first: a replacer function would be called for every value. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
