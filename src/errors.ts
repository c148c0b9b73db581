// The one family of errors Skein tells people about; anything else that is thrown is a bug.

/** An error that people may read. Its `message` is one or two sentences: what was wrong and what to do. */
export class UserFacingError extends Error {
  readonly code: 'invalid_input' | 'not_allowed' | 'not_found' | 'conflict';
  constructor(code: UserFacingError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** The input does not say what is needed; the message names the field, the value and the cure. */
export class InvalidInput extends UserFacingError {
  constructor(message: string, options?: ErrorOptions) {
    super('invalid_input', message, options);
  }
}

/** The actor may not do this; the message says who may. */
export class NotAllowed extends UserFacingError {
  constructor(message: string, options?: ErrorOptions) {
    super('not_allowed', message, options);
  }
}

/** There is no such thing, or the actor may not know of it. */
export class NotFound extends UserFacingError {
  constructor(message: string, options?: ErrorOptions) {
    super('not_found', message, options);
  }
}

/** The thing changed meanwhile, or the same key was used for something else. */
export class Conflict extends UserFacingError {
  constructor(message: string, options?: ErrorOptions) {
    super('conflict', message, options);
  }
}

/** It did not work now but may later: the queue tries again after `retryAfterMs` milliseconds (its own backoff when absent). */
export class Retryable extends Error {
  readonly retryAfterMs: number | undefined;
  constructor(message: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Retryable';
    this.retryAfterMs = retryAfterMs;
  }
}

/** How every surface says no: one code for programs, one sentence for people. */
export interface Refusal {
  code: UserFacingError['code'] | 'unavailable';
  message: string;
}

/** Undefined for a bug, whose details are shown to nobody. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof UserFacingError) return { code: error.code, message: error.message };
  return error instanceof Retryable ? { code: 'unavailable', message: error.message } : undefined;
}

/** The sentence for the caller. Rethrows other errors: the queue tries a Retryable again, and anything else is a bug. */
export function sentenceOf(error: unknown): string {
  if (error instanceof UserFacingError) return error.message;
  throw error;
}

/** Nothing went wrong: what it waits for is expected soon. The queue looks again after `waitMs` milliseconds, and counts no attempt. */
export class NotYet extends Error {
  readonly waitMs: number;
  constructor(message: string, waitMs: number) {
    super(message);
    this.name = 'NotYet';
    this.waitMs = waitMs;
  }
}

/** The sentence of any thrown value, for a log line or a reason; never a stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A fault found by a zod schema. */
interface Issue {
  message: string;
  path: readonly PropertyKey[];
}

/** One fault after the other, the outermost first, each with its place: `Invalid input at files[0].name; …`. */
export function faultsIn({ issues }: { issues: readonly Issue[] }): string {
  const outermost = [...issues].sort((a, b) => a.path.length - b.path.length);
  return outermost.map(({ message, path }) => (path.length ? `${message} at ${pathText(path)}` : message)).join('; ');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, n) => (typeof key === 'number' ? `[${key}]` : `${n ? '.' : ''}${String(key)}`)).join('');
}
