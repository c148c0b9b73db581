// Translates the driver's errors at the door: what may pass later becomes Retryable, the rest stays what it is.
import { InvalidInput, Retryable } from '../../errors.ts';
import { driver } from './driver.ts';

const duplicateKey = 11000;

export const isDuplicate = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === duplicateKey;

/** Server errors of a moment: elections, shutdowns, time limits, write conflicts (MongoDB's error_codes.yml). */
const passing = new Set([
  6, 7, 50, 64, 89, 91, 112, 134, 189, 202, 262, 317, 358, 384, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/** Runs a driver's call. After a Retryable a write may still have happened: the caller looks before it repeats. */
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
  // Its majority could not be reached in time: the write may be undone by the next primary.
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

/** A bulk write wraps what stopped it as a whole. */
function insideOf(error: unknown): unknown {
  return error instanceof driver().mongo.MongoBulkWriteError && error.errorResponse instanceof Error
    ? error.errorResponse
    : error;
}

/** Why the store can't be opened, without the user name and password that the address may hold. */
export function unreachable(uri: string, error: unknown): unknown {
  if (error instanceof driver().mongo.MongoServerError && (error.code === 18 || error.code === 8000))
    return new InvalidInput(
      `MongoDB at ${hostsOf(uri)} refuses the user name or password in MONGODB_URI. Correct them.`,
    );
  // By name: mongoose and the parser of addresses throw classes of their own with these names.
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
