// Undoes what a person did last to a task: by the action that does the opposite, in their name, for a while.
import { Conflict } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { type Opposite, oppositeOf, UNDO_MS } from '../../pods/tasks/evolve/opposite.ts';
import type { TaskDoc } from '../../pods/tasks/task.ts';

/**
 * Returns the act that undoes it. `seq`: the number of the commit that is undone. Absent: the newest of the task.
 * @throws Conflict if something else has happened to the task since, or if it was too long ago
 */
export async function undoOf(
  read: Reader,
  task: TaskDoc,
  { who, now, seq }: { who: ParticipantId; now: number; seq?: number | undefined },
): Promise<Opposite> {
  const { id, number, last } = task;
  if (!last) throw new Conflict(`Nothing was done to #${number} that can be undone.`);
  if (last.by !== who) {
    const { name } = called(await namesOfAll(read, [last.by]), last.by);
    throw new Conflict(`${name} changed #${number} last, and you can undo only a change of your own.`);
  }
  if (seq !== undefined && seq !== last.seq) throw new Conflict(`You have changed #${number} again since.`);
  const opposite = oppositeOf(last);
  if (!opposite) throw new Conflict(`What you did last to #${number} has no undo. Change it back by hand.`);
  if (now - last.at > UNDO_MS)
    throw new Conflict(
      `You did that to #${number} more than an hour ago. Write what is to be so now, such as “#${number} reopen” or “#${number} assign to Ben”.`,
    );
  return { ...opposite, input: { task: id, ...opposite.input } };
}

/** True if an earlier attempt with this key has undone it already: the mail or the event is handled again after a crash. */
export async function wasUndone(read: Reader, { pod, last }: TaskDoc, key: string | undefined): Promise<boolean> {
  if (!last || key === undefined) return false;
  const [commit] = await read.commits(pod, last.seq, last.seq);
  return commit?.key === key;
}
