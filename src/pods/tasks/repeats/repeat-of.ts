// Finds the repeat of a task.
import type { Reader } from '../../../log/action.ts';
import type { TaskDoc } from '../task.ts';
import { REPEATS, type RepeatDoc } from './repeat.ts';

/** The repeat of which the task is the first or the newest, or which has made it. */
export async function repeatOf(
  read: Reader,
  { id, repeat }: Pick<TaskDoc, 'id' | 'repeat'>,
): Promise<RepeatDoc | undefined> {
  if (repeat) return read.get(REPEATS, repeat);
  const [first] = await read.find(REPEATS, { where: { first: id }, limit: 1 });
  return first;
}
