// Deterministic ids, random ids, and canonical JSON for hashing.
import { hash, randomFillSync } from 'node:crypto';

/** Returns SHA-256 over the parts, as 20 lower-case letters and digits (103 bits) behind a prefix such as `t_`. */
export function idOf(prefix: string, ...parts: (string | number)[]): string {
  const digest = sha256(JSON.stringify(parts));
  return `${prefix}_${BigInt(`0x${digest}`).toString(36).slice(0, 20)}`;
}

/** Returns 128 random bits as 25 lower-case letters and digits behind a prefix. */
export function randomId<P extends string>(prefix: P): `${P}_${string}` {
  if (used === POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  const drawn = POOL.toString('hex', used, used + 16);
  used += 16;
  return `${prefix}_${BigInt(`0x${drawn}`).toString(36).padStart(25, '0')}`;
}

/** Random bytes for many ids are drawn at once: asking the system for sixteen bytes costs as much as for thousands. */
const POOL = Buffer.alloc(4096);
let used = POOL.length;

export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}

/** Returns JSON with sorted keys and without undefined fields, so that equal values have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** Returns the value with sorted keys. A replacer function would be slower, since it is called for every value. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
