// A mutex per key within one process. Acts on one pod run one after the other, because at the same time they would only
// make each other start again.

export type KeyedMutex = <T>(pod: string, work: () => Promise<T>) => Promise<T>;

export function makeKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return async (pod, work) => {
    const mine = (last.get(pod) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined);
    last.set(pod, settled);
    try {
      return await mine;
    } finally {
      if (last.get(pod) === settled) last.delete(pod);
    }
  };
}
