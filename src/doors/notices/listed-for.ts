// Finds the thing of a list that words with a number are for. Several may be about one task: then the verb chooses.
import type { Reader } from '../../log/action.ts';
import { DECIDING, LOST, NEEDS, REVIEWS } from '../../pods/needs/need.ts';
import type { Listed } from '../../pods/needs/waiting/numbers.ts';
import type { ReplyCommand } from '../replies/command.ts';

/** The subjects of the things that a command is about. The others are about the task itself. */
const ABOUT: Readonly<Partial<Record<ReplyCommand['kind'], readonly string[]>>> = {
  approve: [REVIEWS, DECIDING],
  'send-back': [REVIEWS, DECIDING],
  without: [LOST],
};
const TASK = ['tasks'];

/**
 * `found`: the things with the number. `kind`: the command; absent for other words. Undefined if the words may be for several: a
 * command means the same for all things of one task, other words do not.
 */
export async function listedFor(
  read: Reader,
  found: readonly Listed[],
  kind: ReplyCommand['kind'] | undefined,
): Promise<Listed | undefined> {
  const [first, ...more] = found;
  if (!first || !more.length) return first;
  if (!kind || more.some(({ pod, task }) => !task || pod !== first.pod || task !== first.task)) return undefined;
  const subjects = ABOUT[kind] ?? TASK;
  const items = await Promise.all(found.map(({ need }) => (need ? read.get(NEEDS, need) : undefined)));
  return found.find((_, n) => subjects.includes(items[n]?.about.on ?? 'tasks')) ?? first;
}
