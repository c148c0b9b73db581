// Shares flushes: all callers that wait during a flush share the next one.

export interface SharedFlush {
  /** Resolves at the end of a flush that began after the call. */
  flush(): Promise<void>;
  isIdle(): boolean;
  /** Waits for the running flush, whether it succeeds or fails. */
  idle(): Promise<void>;
}

export function sharedFlush(work: () => Promise<void>): SharedFlush {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    flush() {
      if (!running) return begin();
      // The running flush may have begun before the caller's write, so the caller waits for the next one.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return begin();
        });
      return next;
    },
    isIdle: () => !running && !next,
    async idle() {
      await next?.catch(() => undefined);
      await running?.catch(() => undefined);
    },
  };
}
