// The query “tasks”: the tasks that are not done, of the pods that the mail was sent to.
import { quiet } from '../../../digest/quiet.ts';
import type { Worded } from '../../../log/body.ts';
import { shownDay } from '../../../pods/local-time.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { ShownTask } from '../../../pods/tasks/task-words.ts';
import type { Texts } from '../../../texts/texts.ts';
import { enter } from '../../enter.ts';
import type { MailContext } from '../context.ts';
import { type Asked, blocks, type Query } from './query.ts';

type Shown = Worded<ShownTask>;

/** `next`: set if there are more tasks. */
interface Page {
  tasks: Shown[];
  next?: number;
}

/** The most tasks of one pod that are listed. */
const MOST_SHOWN = 50;

export const TASKS_QUERY: Query = {
  example: 'tasks',
  read: (line) => (/^(?:list )?tasks$/i.test(line) ? '' : undefined),
  async answer(mail, asked) {
    const { fill } = mail.texts;
    const found = await Promise.all(asked.pods.map((pod) => openTasks(mail, asked, pod)));
    const lists = found.flatMap((page, n) =>
      page.tasks.length ? [listOf(fill, page, asked.pods[n], asked.today)] : [],
    );
    const pods = asked.pods.map(({ name }) => quiet(name, 60)).join(', ');
    return { text: lists.length ? blocks(...lists) : fill('mail-query', 'tasks-none', { pods }) };
  },
};

async function openTasks(mail: MailContext, { arrived }: Asked, pod: PodDoc): Promise<Page> {
  const asked = { as: arrived.author, pod, action: 'list_tasks', via: 'email' } as const;
  return (await enter<Page>(mail, asked)).result;
}

function listOf(fill: Texts['fill'], { tasks, next }: Page, pod: PodDoc | undefined, today: string): string {
  const left = tasks.length - MOST_SHOWN;
  const over = next === undefined ? '' : 'over ';
  const lines = [
    ...tasks.slice(0, MOST_SHOWN).map((task) => taskLine(fill, task, today)),
    ...(left > 0 ? [fill('mail-query', 'tasks-more', { count: `${over}${left}` })] : []),
  ];
  const fields = { pod: quiet(pod?.name ?? '', 60) };
  const head =
    tasks.length === 1
      ? fill('mail-query', 'tasks-one', fields)
      : fill('mail-query', 'tasks', { ...fields, count: `${over}${tasks.length}` });
  return blocks(head, lines.map((line) => `- ${line}`).join('\n'));
}

function taskLine(fill: Texts['fill'], task: Shown, today: string): string {
  const { number, title, assigneeName, due, state, review, parts, waits_for: waits } = task;
  const assignee = assigneeName ? quiet(assigneeName, 60) : fill('mail-query', 'nobody');
  const begun = state === 'started' ? fill('waiting', 'started') : '';
  const when = !due
    ? ''
    : due === today
      ? fill('waiting', 'today')
      : fill('waiting', due < today ? 'overdue' : 'due', { day: shownDay(due) });
  const line = fill('mail-query', 'task', { number, title: quiet(title, 120), assignee, when: `${begun}${when}` });
  if (waits) return fill('waiting', 'waits', { line, tasks: quiet(waits, 300) });
  if (review) return fill('waiting', 'review', { line, words: quiet(review, 300) });
  return parts ? fill('waiting', 'parts', { line, words: parts }) : line;
}
