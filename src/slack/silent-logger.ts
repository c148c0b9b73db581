// A logger for Slack's packages that drops everything.
import { type Logger, LogLevel } from '@slack/bolt';

/** Slack's packages log every attempt and, at debug level, message bodies. Skein logs outcomes once, where they are handled. */
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
