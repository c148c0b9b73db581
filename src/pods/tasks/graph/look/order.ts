// Orders tasks so that what has to be done first stands first. Pure, and its time grows with the tasks and their edges.

export interface Ordered {
  id: string;
  number: number;
  /** The ids of the tasks before it: those that it depends on, and its parts. Others than those given are left out. */
  before: readonly string[];
}

/**
 * Returns the level of each task: 0 if none of the given ones is before it, else one more than the highest before it. A way
 * back, which the log does not allow, counts where it is met first, so that it ends.
 */
export function levelsOf(tasks: readonly Ordered[]): Map<string, number> {
  const given = new Map(tasks.map((task) => [task.id, task]));
  const after = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const { id, before } of tasks) {
    const known = new Set(before.filter((one) => given.has(one) && one !== id));
    open.set(id, known.size);
    for (const one of known) {
      const those = after.get(one);
      if (those) those.push(id);
      else after.set(one, [id]);
    }
  }
  const levels = new Map<string, number>();
  let now = tasks.filter(({ id }) => !open.get(id)).map(({ id }) => id);
  for (let level = 0; levels.size < tasks.length; level++) {
    // Only a way back leaves none: then the one with the lowest number goes first.
    if (!now.length) now = [lowest(tasks.filter(({ id }) => !levels.has(id)))];
    const next: string[] = [];
    for (const id of now) levels.set(id, level);
    for (const id of now)
      for (const one of after.get(id) ?? []) {
        const left = (open.get(one) ?? 0) - 1;
        open.set(one, left);
        if (!left && !levels.has(one)) next.push(one);
      }
    now = next;
  }
  return levels;
}

function lowest(tasks: readonly Ordered[]): string {
  return tasks.reduce((least, one) => (one.number < least.number ? one : least)).id;
}
