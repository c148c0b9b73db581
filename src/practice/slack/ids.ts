// Makes ids and timestamps in Slack's formats.
import { randomBytes, randomUUID } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Returns an id such as C0K3XQZ1B7: a prefix, then random capitals and digits. */
export function newId(prefix: string, length = 10): string {
  return prefix + [...randomBytes(length)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

export const newSecret = (): string => randomBytes(16).toString('hex');

export const newUuid = (): string => randomUUID();

export function tsOf(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${seconds}.${String(micros - seconds * 1_000_000).padStart(6, '0')}`;
}
