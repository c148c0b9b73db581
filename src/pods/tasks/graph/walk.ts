// Finds the way along which one task waits for another: over dependencies, and from a task to its parts. Level by level,
// with two reads for each.
import type { Reader } from '../../../log/action.ts';
import { TASKS, type TaskDoc } from '../task.ts';

/** `part`: the second is a part of the first, which ends only after it. */
export interface Step {
  from: number;
  to: number;
  by: 'waits' | 'part';
}

type Node = Pick<TaskDoc, 'id' | 'number' | 'dependsOn' | 'parent'>;

/** More parts of one task are not looked at, nor are more tasks in all. */
const MOST_PARTS = 1000;
const MOST_SEEN = 5000;

/**
 * Returns the shortest way from one of `from` to `target`; undefined if there is none, so that `target` may wait for all
 * of them. Empty if it is one of them.
 */
export async function wayTo(read: Reader, from: readonly Node[], target: string): Promise<Step[] | undefined> {
  const ways = new Map<string, Step[]>(from.map(({ id }) => [id, []]));
  let level: readonly Node[] = from;
  while (level.length && ways.size < MOST_SEEN) {
    if (ways.has(target)) return ways.get(target);
    const next: Node[] = [];
    const reach = (node: Node, before: Node, by: Step['by']): void => {
      if (ways.has(node.id)) return;
      ways.set(node.id, [...(ways.get(before.id) ?? []), { from: before.number, to: node.number, by }]);
      next.push(node);
    };
    const ahead = await aheadOf(read, level, ways);
    for (const node of level) {
      for (const id of node.dependsOn ?? []) {
        const one = ahead.byId.get(id);
        if (one) reach(one, node, 'waits');
      }
      for (const part of ahead.parts.get(node.id) ?? []) reach(part, node, 'part');
    }
    level = next;
  }
  return ways.get(target);
}

async function aheadOf(read: Reader, level: readonly Node[], ways: ReadonlyMap<string, unknown>) {
  const ids = [...new Set(level.flatMap(({ dependsOn = [] }) => dependsOn))].filter((id) => !ways.has(id));
  const [waited, parts] = await Promise.all([
    ids.length ? read.find(TASKS, { where: { id: { in: ids } } }) : [],
    read.find(TASKS, { where: { parent: { in: level.map(({ id }) => id) } }, limit: MOST_PARTS }),
  ]);
  const of = new Map<string, Node[]>();
  for (const part of parts) of.set(part.parent ?? '', [...(of.get(part.parent ?? '') ?? []), part]);
  return { byId: new Map<string, Node>(waited.map((one) => [one.id, one])), parts: of };
}

/** Returns “#4 waits for #7, #7 waits for #2, #2 is a part of #9”. */
export function wayWords(steps: readonly Step[]): string {
  return steps
    .map(({ from, to, by }) => (by === 'part' ? `#${to} is a part of #${from}` : `#${from} waits for #${to}`))
    .join(', ');
}
