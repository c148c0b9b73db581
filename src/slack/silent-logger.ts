// What Slack's packages are given to write to.
import { type Logger, LogLevel } from '@slack/bolt';

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
