// What one process does to one pod takes turns: acts side by side would only push each other back to the start.

export type Turns = <T>(pod: string, work: () => Promise<T>) => Promise<T>;

export function makeTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (pod, work) => {
    const turn = (last.get(pod) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    last.set(pod, settled);
    try {
      return await turn;
    } finally {
      if (last.get(pod) === settled) last.delete(pod);
    }
  };
}
