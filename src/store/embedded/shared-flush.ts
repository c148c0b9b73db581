// One flush for all who wait for one: whoever asks while a flush is under way shares the next.

export interface SharedFlush {
  /** Resolves when a flush is done that began after the call. */
  flush(): Promise<void>;
  isIdle(): boolean;
  /** Waits for what is under way, however it ends. */
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
      // The one under way may have begun before the caller's write: those that come meanwhile share the next.
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
