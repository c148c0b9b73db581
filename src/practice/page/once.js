// Reads one at a time: asked again while it reads, it reads once more afterwards, so the last answer is never old.

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
