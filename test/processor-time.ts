// How long this process works at something. On a busy machine the clock on the wall also counts the work of others.

/** In milliseconds of a processor. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
