// Turns the error of a full disk into Retryable, because the write succeeds as soon as somebody frees space.
import { Retryable } from '../../errors.ts';

const CODES: readonly unknown[] = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];
const AGAIN_MS = 30_000;

/** Converts the error of a full disk, from SQLite or the file system. Returns any other error unchanged. */
export function readable(error: unknown): unknown {
  if (!CODES.includes((error as { code?: unknown }).code)) return error;
  return new Retryable('The disk of the data directory is full, so nothing was saved. Free some space.', AGAIN_MS, {
    cause: error,
  });
}
