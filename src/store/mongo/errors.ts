// Translates errors of the driver. Temporary errors become Retryable; all others stay as they are.
import { InvalidInput, Retryable } from '../../errors.ts';
import { driver } from './driver.ts';

const duplicateKey = 11000;

export const isDuplicate = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === duplicateKey;

/**
 * The codes of a server's temporary errors: elections, shutdowns, time limits, write conflicts (MongoDB's
 * error_codes.yml).
 */
const passing = new Set([
  6, 7, 50, 64, 89, 91, 112, 134, 189, 202, 262, 317, 358, 384, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/**
 * Calls the driver. If it throws Retryable, the write may still have happened, so the caller must look before it
 * repeats the write.
 */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw mayPass(error)
      ? new Retryable(`MongoDB could not do it just now: ${(error as Error).message}`, undefined, { cause: error })
      : error;
  }
}

function mayPass(thrown: unknown): boolean {
  const error = insideOf(thrown);
  if (error instanceof driver().mongo.MongoNetworkError || error instanceof driver().mongo.MongoServerSelectionError)
    return true;
  // No majority acknowledged the write in time, so the next primary may roll it back.
  if (error instanceof driver().mongo.MongoWriteConcernError) return true;
  if (error instanceof driver().mongo.MongoBulkWriteError && error.result.getWriteConcernError() !== undefined)
    return true;
  if (!(error instanceof driver().mongo.MongoError)) return false;
  const { code } = error;
  return (
    error.hasErrorLabel('RetryableWriteError') ||
    error.hasErrorLabel('TransientTransactionError') ||
    (typeof code === 'number' && passing.has(code))
  );
}

/** Returns the cause of a bulk write's error, if the bulk write failed as a whole; else the error. */
function insideOf(error: unknown): unknown {
  return error instanceof driver().mongo.MongoBulkWriteError && error.errorResponse instanceof Error
    ? error.errorResponse
    : error;
}

/**
 * Returns the error that says why the store can't be opened. It never contains the user name and password of the
 * address.
 */
export function unreachable(uri: string, error: unknown): unknown {
  if (error instanceof driver().mongo.MongoServerError && (error.code === 18 || error.code === 8000))
    return new InvalidInput(
      `MongoDB at ${hostsOf(uri)} refuses the user name or password in MONGODB_URI. Correct them.`,
    );
  // Compared by name, because mongoose and its address parser throw their own classes with these names.
  const { name, message } = error as Error;
  if (/ServerSelectionError|^MongoNetwork/.test(name))
    return new InvalidInput(
      `MongoDB at ${hostsOf(uri)} does not answer (${message}). Start it, or correct MONGODB_URI.`,
    );
  if (/^Mongo(Parse|InvalidArgument|API|MissingCredentials)Error$/.test(name))
    return new InvalidInput(
      'MONGODB_URI is not an address MongoDB knows. It looks like mongodb://user:password@host:27017/skein, with special signs in the password percent-encoded.',
    );
  return error;
}

function hostsOf(uri: string): string {
  const authority = /^[^:]*:\/\/([^/?]*)/.exec(uri)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1) || 'the given address';
}
