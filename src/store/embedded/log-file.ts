// SQLite's write-ahead log, flushed by us: off the event loop, and once for all commits that wait for it.
import { closeSync, fdatasync, openSync } from 'node:fs';
import { sharedFlush } from './shared-flush.ts';

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
  const sync = () =>
    new Promise<void>((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve())));
  const { flush, idle } = sharedFlush(sync);
  return {
    flush,
    async close() {
      await idle();
      closeSync(fd);
    },
  };
}
