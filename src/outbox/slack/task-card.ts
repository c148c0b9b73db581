// Renders the card of a task: its title, its state, who has it, its due day, who made it and its files, with buttons. It is rendered
// anew from the task at each update, so it shows what is so now.
import type { Reader } from '../../log/action.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import type { NamedFile } from '../../pods/files/files.ts';
import { shownDay } from '../../pods/local-time.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { cardOf } from '../../pods/tasks/card.ts';
import { attachedFiles } from '../../pods/tasks/files/attached.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import { actionIds, type Button, buttons, clip, section } from '../../slack/render/blocks.ts';
import { escapeMrkdwn } from '../../slack/render/neutral.ts';
import type { Block } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';

interface Deps {
  read: Reader;
  texts: Texts;
}

/** Returns the blocks above and below the words of the message. Undefined if the message is not the card of a task. */
export async function taskCard(deps: Deps, message: MessageDoc): Promise<{ head: Block; foot: Block } | undefined> {
  const task = await taskOf(deps.read, message);
  if (!task || task.state === 'erased') return undefined;
  const { fill } = deps.texts;
  const [[shown], names, files] = await Promise.all([
    withTitles(deps.read, [task]),
    namesOfAll(deps.read, [task.assignee, task.createdBy]),
    attachedFiles(deps.read, task),
  ]);
  const name = (id: TaskDoc['createdBy']) => called(names, id).name;
  const facts = [
    `*${fill('task-card', task.state)}*`,
    escapeMrkdwn(
      task.assignee ? fill('task-card', 'with', { person: name(task.assignee) }) : fill('task-card', 'nobody'),
    ),
    ...(task.due ? [fill('task-card', 'due', { day: shownDay(task.due) })] : []),
    escapeMrkdwn(fill('task-card', 'from', { person: name(task.createdBy) })),
  ];
  const title = clip(escapeMrkdwn(`#${task.number} ${(shown?.title ?? '').replace(/\s+/g, ' ')}`), 300);
  const lines = [`*${title}*`, facts.join(' · '), ...filesLine(deps.texts, files)];
  return { head: section(lines.join('\n')), foot: buttons(buttonsOf(fill, task, files.length)) };
}

/** Only Skein's own messages are cards: task lines, and the message that opens the conversation of a task. */
async function taskOf(read: Reader, { id, by, line, conversation }: MessageDoc): Promise<TaskDoc | undefined> {
  if (by !== 'skein') return undefined;
  const tasks = line
    ? [await read.get(TASKS, line.task)]
    : await read.find(TASKS, { where: { conversation }, limit: MOST_TASKS });
  return tasks.find((task) => task && cardOf(task)?.message === id);
}

/** The most tasks of one conversation that are looked through. */
const MOST_TASKS = 50;

/** The most files whose names the card shows. */
const MOST_NAMES = 5;
const NAME_CHARS = 120;

function filesLine({ fill }: Texts, files: readonly NamedFile[]): string[] {
  if (!files.length) return [];
  const names = files.slice(0, MOST_NAMES).map(({ name }) => clip(escapeMrkdwn(name), NAME_CHARS));
  const more = files.length - names.length;
  if (more > 0) return [fill('task-card', 'more-files', { files: names.join(', '), count: more })];
  return [fill('task-card', 'files', { files: names.join(', ') })];
}

function buttonsOf(fill: Texts['fill'], task: TaskDoc, files: number): Button[] {
  const { id, pod, state } = task;
  const value = `${pod}/${id}`;
  const start: Button = { actionId: actionIds.startTask, label: fill('task-card', 'start'), value };
  const done: Button = { actionId: actionIds.completeTask, label: fill('task-card', 'finish'), value };
  const reopen: Button = { actionId: actionIds.reopenTask, label: fill('task-card', 'reopen'), value };
  const give: Button = { actionId: actionIds.giveTask, label: fill('task-card', 'give'), value };
  const comment: Button = { actionId: actionIds.commentOnTask, label: fill('task-card', 'comment'), value };
  const edit: Button = { actionId: actionIds.editTask, label: fill('task-card', 'edit'), value };
  const list: Button = {
    actionId: actionIds.filesOfTask,
    label: fill('task-card', 'show-files', { count: files }),
    value,
  };
  const attach: Button = { actionId: actionIds.attachFile, label: fill('task-card', 'attach'), value };
  if (state === 'done') return [reopen, comment, ...(files ? [list] : [])];
  return [
    ...(state === 'open' ? [start] : []),
    ...daysOf(fill, task),
    done,
    give,
    comment,
    edit,
    files ? list : attach,
  ];
}

/** A button for each day that the words of the mail may mean, until the task has a due day. */
function daysOf(fill: Texts['fill'], { id, pod, proposed, due }: TaskDoc): Button[] {
  if (!proposed || due) return [];
  const button = (actionId: string, day: string): Button => ({
    ...{ actionId, label: fill('task-card', 'take-day', { day: shownDay(day) }), value: `${pod}/${id}/${day}` },
  });
  const { day, also } = proposed;
  return [button(actionIds.takeDay, day), ...(also ? [button(actionIds.takeOtherDay, also)] : [])];
}
