// The logger: a fixed phrase and fields, one line each. No bodies, addresses or tokens.
import { Retryable, reasonOf, UserFacingError } from './errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Logger {
  info(phrase: string, fields?: Fields): void;
  warn(phrase: string, fields?: Fields): void;
  error(phrase: string, fields?: Fields): void;
}

export function makeLogger(write: (line: string) => void, clock: () => number): Logger {
  const line =
    (level: string) =>
    (phrase: string, fields: Fields = {}) => {
      const shown = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      write([new Date(clock()).toISOString(), level, phrase, ...shown].join(' '));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/**
 * Logs refusals and retryable failures at the level `expected`. Any other error is a bug, and is logged as an error
 * with its stack.
 */
export function logFailure(
  logger: Logger,
  expected: keyof Logger,
  phrase: string,
  error: unknown,
  fields: Fields = {},
): void {
  const shown = { ...fields, reason: reasonOf(error).slice(0, LONGEST_REASON) };
  if (error instanceof UserFacingError || error instanceof Retryable) logger[expected](phrase, shown);
  else logger.error(phrase, { ...shown, stack: framesOf(error) });
}

const FRAME = /^\s+at (.+)$/;
const MOST_FRAMES = 12;
const MOST_CAUSES = 3;
const LONGEST_REASON = 1000;

/**
 * Returns the stack frames of an error and of its causes. The messages are left out, since they may quote what somebody
 * wrote.
 */
function framesOf(error: unknown, causes = MOST_CAUSES): string[] {
  if (!(error instanceof Error)) return [];
  const { name, message, stack = '', cause } = error;
  const frames = stack
    .slice(Math.max(0, stack.indexOf(message)) + message.length)
    .split('\n')
    .flatMap((line) => FRAME.exec(line)?.[1] ?? [])
    .slice(0, MOST_FRAMES);
  return [name, ...frames, ...(causes > 0 ? framesOf(cause, causes - 1) : [])];
}
