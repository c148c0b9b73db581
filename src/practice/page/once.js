// Runs one load at a time. A request during a load causes one more load afterwards, so the last result is never stale.

/** @param {() => Promise<void>} read @returns {() => Promise<void>} resolves when a reading that began after the call is done */
export function once(read) {
  let running;
  let next;
  const run = async () => {
    try {
      await read();
    } finally {
      running = undefined;
    }
  };
  return () => {
    if (next !== undefined) return next;
    if (running === undefined) {
      running = run();
      return running;
    }
    next = running
      .catch(() => {})
      .then(() => {
        next = undefined;
        running = run();
        return running;
      });
    return next;
  };
}
