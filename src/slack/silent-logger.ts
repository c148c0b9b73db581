// A logger for Slack's packages that discards everything.
import { type Logger, LogLevel } from '@slack/bolt';

/**
 * Slack's packages log every attempt and, at debug level, message bodies. Skein logs each outcome once, where it is
 * handled.
 */
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
