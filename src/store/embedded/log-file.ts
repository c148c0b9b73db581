// SQLite's write-ahead log, flushed by us: off the event loop, and once for all commits that wait for it.
import { closeSync, fdatasync, openSync } from 'node:fs';

export interface LogFile {
  /** Resolves when everything committed before the call is on disk. */
  flush(): Promise<void>;
  /** Waits for what is being flushed. */
  close(): Promise<void>;
}

/**
 * With `synchronous = NORMAL` SQLite syncs its log only before it folds it in (https://sqlite.org/pragma.html#pragma_synchronous);
 * syncing it after a commit is all that FULL adds. The log is sequential: one sync covers every commit before it.
 */
export function openLogFile(path: string): LogFile {
  const fd = openSync(path, 'r+');
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const sync = () =>
    new Promise<void>((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve())));

  function begin(): Promise<void> {
    running = sync().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    flush() {
      if (!running) return begin();
      // The one under way may have begun before our commit: those that come meanwhile share the next.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return begin();
        });
      return next;
    },
    async close() {
      await next?.catch(() => undefined);
      await running?.catch(() => undefined);
      closeSync(fd);
    },
  };
}
