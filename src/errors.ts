// The family of errors that people may read. Any other error that is thrown is a bug.

/** An error that people may read. Its `message` is one or two sentences: what was wrong and what to do. */
export class UserFacingError extends Error {
  readonly code: 'invalid_input' | 'not_allowed' | 'not_found' | 'conflict';
  constructor(code: UserFacingError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** The input does not say what the action needs. The message names the field, the value and the cure. */
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

/** The agent may decide this by itself, and people want it to: asking them is refused. */
export class LeftToAgent extends NotAllowed {}

/** There is no such thing, or the actor may not know of it. */
export class NotFound extends UserFacingError {
  constructor(message: string, options?: ErrorOptions) {
    super('not_found', message, options);
  }
}

/** The thing has changed meanwhile, or the same key was used for something else. */
export class Conflict extends UserFacingError {
  constructor(message: string, options?: ErrorOptions) {
    super('conflict', message, options);
  }
}

/** The act was not done, because a person said or did something first that its run has not heard yet. */
export class Held extends UserFacingError {
  /** The number of that commit. */
  readonly word: number;
  constructor(word: number) {
    super('conflict', 'Held back: a person wrote or changed something here before it was done.');
    this.word = word;
  }
}

/** The act was not done, because people have to settle something first: which of two wishes counts, or whether it may be done. */
export class Locked extends UserFacingError {
  readonly why: LockedBy;
  constructor(why: LockedBy) {
    super('conflict', 'Held back: people have to settle something here first.');
    this.why = why;
  }
}

/**
 * `due`: the numbers of the instructions without a verdict. `question`: the one that people are asked. `step`: the call that
 * needs the yes of people who go with every step, or with `checkpoint` of those who named this point of the work, or with `draft` of
 * those for whom the agent works, because others will work by the text. `checkpoint`: the question is about one.
 */
export interface LockedBy {
  step?: { key: string; hash: string; who: readonly string[]; checkpoint?: true; draft?: DraftOf };
  due?: readonly number[];
  question?: string;
  checkpoint?: true;
}

/** The fields of a call's input that are shown as a difference to what stands. */
export interface DraftOf {
  fields: readonly string[];
  difference: string;
}

/**
 * A temporary failure. The queue tries again after `retryAfterMs` milliseconds, or after its own backoff if that is
 * absent.
 */
export class Retryable extends Error {
  readonly retryAfterMs: number | undefined;
  /** For how long, in milliseconds, it is tried at least. Absent: as long as the queue is patient. */
  readonly patienceMs: number | undefined;
  constructor(message: string, retryAfterMs?: number, options: ErrorOptions & { patienceMs?: number } = {}) {
    super(message, options);
    this.name = 'Retryable';
    this.retryAfterMs = retryAfterMs;
    this.patienceMs = options.patienceMs;
  }
}

/** A refusal as every door shows it: a code for programs, and a sentence for people. */
export interface Refusal {
  code: UserFacingError['code'] | 'unavailable';
  message: string;
}

/** Returns the refusal that people may see. Undefined for a bug, whose details nobody gets to see. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof UserFacingError) return { code: error.code, message: error.message };
  return error instanceof Retryable ? { code: 'unavailable', message: error.message } : undefined;
}

/**
 * Returns the sentence for the caller. Throws all other errors again: the queue retries a Retryable, and anything else
 * is a bug.
 */
export function sentenceOf(error: unknown): string {
  if (error instanceof UserFacingError) return error.message;
  throw error;
}

/**
 * Thrown if something that the work needs is expected soon. It is no failure: the queue looks again after `waitMs`
 * milliseconds, and counts no attempt.
 */
export class NotYet extends Error {
  readonly waitMs: number;
  /** Names, as text, the things that were looked at so far. The next look gets it and need not look at them again. */
  readonly seen: string | undefined;
  constructor(message: string, waitMs: number, seen?: string) {
    super(message);
    this.name = 'NotYet';
    this.waitMs = waitMs;
    this.seen = seen;
  }
}

/** The process died again and again in the midst of this work. The message names no cause: nothing was left to tell it. */
export class Killed extends Error {
  constructor(times: number) {
    super(`Skein itself broke down ${times} times in the midst of it, and got no further.`);
    this.name = 'Killed';
  }
}

/** Returns the message of any thrown value, for the logger or for a stored reason. Never contains a stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A fault found by a zod schema. */
interface Issue {
  message: string;
  path: readonly PropertyKey[];
}

/** Returns all faults as one text, the outermost first, each with its path: `Invalid input at files[0].name; …`. */
export function faultsIn({ issues }: { issues: readonly Issue[] }): string {
  const outermost = [...issues].sort((a, b) => a.path.length - b.path.length);
  return outermost.map(({ message, path }) => (path.length ? `${message} at ${pathText(path)}` : message)).join('; ');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, n) => (typeof key === 'number' ? `[${key}]` : `${n ? '.' : ''}${String(key)}`)).join('');
}

/** A fault as the schema states it. `origin`: the type of the value that is too small or too big. */
interface Fault {
  code?: string;
  input?: unknown;
  format?: unknown;
  origin?: unknown;
  minimum?: unknown;
  maximum?: unknown;
}

/** A plain sentence for each of the most frequent faults. Undefined for all others: their message comes from the schema. */
export function plainly({ code, input, format, origin, minimum, maximum }: Fault): string | undefined {
  const noValue = input === undefined && (code === 'invalid_type' || code === 'invalid_value');
  if (noValue || (code === 'too_small' && origin === 'string' && minimum === 1)) return 'A value is needed';
  if (code === 'invalid_format' && format === 'date') return 'Expected a day such as 2026-11-29';
  const unit = UNITS[String(origin)];
  if (unit === undefined) return undefined;
  if (code === 'too_small') return `At least ${minimum}${unit} must be given`;
  return code === 'too_big' ? `At most ${maximum}${unit} can be given` : undefined;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: '', number: '', int: '' };
