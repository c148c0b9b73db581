// Flushes SQLite's write-ahead log: outside the event loop, and once for all commits that wait for it.
import { closeSync, fdatasync, openSync } from 'node:fs';
import { sharedFlush } from './shared-flush.ts';

export interface LogFile {
  /** Resolves when everything that was committed before the call is on disk. */
  flush(): Promise<void>;
  /** Closes the file, after a running flush. */
  close(): Promise<void>;
}

/**
 * Opens the write-ahead log for flushing. With `synchronous = NORMAL` SQLite syncs it only before a checkpoint
 * (https://sqlite.org/pragma.html#pragma_synchronous). FULL would add a sync after each commit, and that is done here
 * instead. The log is sequential, so one sync covers every commit before it.
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
