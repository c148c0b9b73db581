// Says in a conversation that somebody undid what they had done to its task, and what is so now.
import { shownDate } from '../../../pods/local-time.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import type { MailContext } from '../context.ts';

/** `task`: as it is now. */
export async function undoneWords(
  { read, texts: { fill } }: MailContext,
  { person, task }: { person: string; task: TaskDoc },
): Promise<string> {
  const { number, state, assignee, due, last } = task;
  const now = async () => {
    if (last?.did === 'due')
      return due ? fill('mail-command', 'now-due', { day: shownDate(due) }) : fill('mail-command', 'now-no-day');
    if (last?.did !== 'assigned')
      return fill('mail-command', state === 'done' ? 'now-done' : state === 'started' ? 'now-started' : 'now-open');
    if (!assignee) return fill('mail-command', 'now-nobody');
    return fill('mail-command', 'now-with', { agent: called(await namesOfAll(read, [assignee]), assignee).name });
  };
  return fill('mail-command', 'undone', { person, number, words: await now() });
}
