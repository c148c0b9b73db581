// Loggers for tests: one that drops all lines, one that calls a listener, and one that records.
import type { Fields, Logger } from '../src/logger.ts';

export const silent: Logger = { info() {}, warn() {}, error() {} };

export function heardBy(hear: (phrase: string, fields?: Fields) => unknown): Logger {
  const say = (phrase: string, fields?: Fields) => void hear(phrase, fields);
  return { info: say, warn: say, error: say };
}

/** Records each line as level, phrase, fields. */
export function recordingLogger(lines: [level: string, phrase: string, fields: Fields][]): Logger {
  const at =
    (level: string) =>
    (phrase: string, fields: Fields = {}) =>
      void lines.push([level, phrase, fields]);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
