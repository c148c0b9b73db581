// Where this room writes what happened: a fixed phrase plus fields, never bodies, addresses or tokens.
import { type Logger, LogLevel } from '@slack/bolt';

export type Fields = Readonly<Record<string, string | number | boolean>>;

/** What the room needs of a logger. */
export interface Log {
  info(phrase: string, fields?: Fields): void;
  warn(phrase: string, fields?: Fields): void;
  error(phrase: string, fields?: Fields): void;
}

/** A logger for Slack's packages that says nothing: they log every attempt and, at debug, message bodies; we log outcomes, once, where we handle them. */
export function silentSlackLogger(): Logger {
  return {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => LogLevel.ERROR,
    setName() {},
  };
}
