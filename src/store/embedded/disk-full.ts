// A full disk in words: it passes as soon as somebody makes room, so what was to be written is tried again.
import { Retryable } from '../../errors.ts';

const CODES: readonly unknown[] = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];
const AGAIN_MS = 30_000;

/** Of SQLite or of the file system; anything else is what it was. */
export function readable(error: unknown): unknown {
  if (!CODES.includes((error as { code?: unknown }).code)) return error;
  return new Retryable('The disk of the data directory is full, so nothing was saved. Free some space.', AGAIN_MS, {
    cause: error,
  });
}
