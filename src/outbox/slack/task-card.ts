// Renders the card of a task: its title, its state, who has it, its due day, who made it and its files, with buttons. Tasks that
// were given together share one. It is rendered anew from the tasks at each update, so it shows what is so now.
import type { Reader } from '../../log/action.ts';
import type { Line } from '../../pods/conversations/lines/line.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import type { NamedFile } from '../../pods/files/files.ts';
import { shownDay } from '../../pods/local-time.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { cardOf } from '../../pods/tasks/cards/card.ts';
import { attachedFiles } from '../../pods/tasks/files/attached.ts';
import { ready, waits } from '../../pods/tasks/graph/ready.ts';
import { waitsWords } from '../../pods/tasks/graph/waits-words.ts';
import { goesOn, type Progress, progressOf, progressWords } from '../../pods/tasks/parts/progress.ts';
import { endsAfterReview, mayAsk } from '../../pods/tasks/review/review-state.ts';
import { namedIn, reviewWords } from '../../pods/tasks/review/review-words.ts';
import { TASKS, type TaskDoc, type TaskState } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import { actionIds } from '../../slack/render/action-ids.ts';
import { type Button, buttons, clip, message, section } from '../../slack/render/blocks.ts';
import { escapeMrkdwn } from '../../slack/render/neutral.ts';
import type { Block, Post } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';
import { type Answering, answerOutside } from '../notices/answer-outside.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  answering?: Answering;
}

/** The blocks above and below the words of the message. */
export interface OneCard {
  kind: 'one';
  head: Block;
  foot: Block;
}

/** The whole message, if it shows several tasks. Its own words tell only of the first. Absent: all of them were erased. */
export interface SharedCard {
  kind: 'shared';
  post?: Post;
}

/** Returns the card; undefined if the message is not the card of a task. */
export async function taskCard(deps: Deps, doc: MessageDoc): Promise<OneCard | SharedCard | undefined> {
  const tasks = await tasksOf(deps.read, doc);
  if (doc.cards) return { kind: 'shared', ...(await sharedPost(deps, doc, tasks)) };
  const [task] = tasks;
  if (!task) return undefined;
  const [shown] = await shownTasks(deps, [task]);
  if (!shown) return undefined;
  return {
    kind: 'one',
    head: section(linesOf(shown, TITLE_CHARS).join('\n')),
    foot: buttons(buttonsOf(deps.texts.fill, shown)),
  };
}

/** Returns one message with a row for each task. */
async function sharedPost(deps: Deps, { line }: MessageDoc, tasks: readonly UnerasedTask[]): Promise<{ post?: Post }> {
  const { fill } = deps.texts;
  const [shown, names] = await Promise.all([shownTasks(deps, tasks), namesOfAll(deps.read, [line?.by])]);
  if (!line || !shown.length) return {};
  const heading = escapeMrkdwn(headingOf(fill, line, { person: called(names, line.by).name, count: shown.length }));
  const rows = shown.map((one) => linesOf(one, SHARED_TITLE_CHARS));
  return {
    post: message([heading, ...rows.map((lines) => lines.slice(0, 2).join(' · '))].join('\n'), [
      section(heading),
      ...shown.flatMap((one, n) => [
        section((rows[n] ?? []).join('\n')),
        buttons(buttonsOf(fill, one).filter(({ actionId }) => actionId !== actionIds.attachFile)),
      ]),
    ]),
  };
}

/** Only tasks for the same reason share a post (tasks/cards/batch.ts). Nobody gives a task that is set free. */
function headingOf(
  fill: Texts['fill'],
  { why }: Pick<Line, 'why'>,
  { person, count }: { person: string; count: number },
): string {
  switch (why) {
    case 'unblocked':
      return count === 1 ? fill('task-card', 'free-one') : fill('task-card', 'free-several', { count });
    case 'repeated':
      return count === 1 ? fill('task-card', 'again-one') : fill('task-card', 'again-several', { count });
    case 'review':
      return count === 1
        ? fill('task-card', 'review-one', { person })
        : fill('task-card', 'review-several', { person, count });
    default:
      return count === 1
        ? fill('task-card', 'gave-one', { person })
        : fill('task-card', 'gave-several', { person, count });
  }
}

/** A task that was not erased. */
type UnerasedTask = TaskDoc & { state: TaskState };

interface ShownTask {
  task: UnerasedTask;
  title: string;
  facts: string[];
  /** The line about what was assumed. Empty if nothing was. */
  assumed: string[];
  filesLine: string[];
  /** The line about the person outside who is to be answered. Empty if a member began it. */
  outside: string[];
  files: number;
  /** Absent for a task without parts, and for one that is over. */
  progress?: Progress | undefined;
}

const TITLE_CHARS = 300;
const SHARED_TITLE_CHARS = 150;
const ASSUMED_CHARS = 1000;

function linesOf({ task, title, facts, assumed, filesLine, outside }: ShownTask, chars: number): string[] {
  const named = clip(escapeMrkdwn(`#${task.number} ${title.replace(/\s+/g, ' ')}`), chars);
  return [`*${named}*`, facts.join(' · '), ...assumed, ...filesLine, ...outside];
}

async function shownTasks(deps: Deps, tasks: readonly UnerasedTask[]): Promise<ShownTask[]> {
  const { read, texts } = deps;
  const { fill } = texts;
  const [titled, assumptions, progress, names] = await Promise.all([
    withTitles(read, tasks),
    read.texts(tasks.map(({ assumed }) => assumed)),
    progressOf(read, tasks),
    namesOfAll(
      read,
      tasks.flatMap((task) => [task.assignee, task.createdBy, ...namedIn(task)]),
    ),
  ]);
  const name = (id: TaskDoc['createdBy']) => called(names, id).name;
  return Promise.all(
    tasks.map(async (task, n) => {
      const files = await attachedFiles(read, task);
      const review = reviewWords(task, names);
      const parts = progress.get(task.id);
      const facts = [
        `*${standsOf(fill, task, parts)}*`,
        escapeMrkdwn(
          task.assignee ? fill('task-card', 'with', { person: name(task.assignee) }) : fill('task-card', 'nobody'),
        ),
        ...(waits(task).length
          ? [escapeMrkdwn(fill('task-card', 'waits', { tasks: waitsWords(waits(task), names) }))]
          : []),
        ...(review ? [escapeMrkdwn(review)] : []),
        ...(parts && !isRunning(task, parts) ? [progressWords(parts)] : []),
        ...(task.due ? [fill('task-card', 'due', { day: shownDay(task.due) })] : []),
        escapeMrkdwn(fill('task-card', 'from', { person: name(task.createdBy) })),
      ];
      const title = titled[n]?.title ?? '';
      const words = assumptions.get(task.assumed ?? '');
      const assumed = words ? [clip(escapeMrkdwn(words), ASSUMED_CHARS)] : [];
      return {
        task,
        title,
        facts,
        assumed,
        filesLine: filesLine(texts, files),
        outside: await outsideLine(deps, task),
        files: files.length,
        progress: parts,
      };
    }),
  );
}

/** Its parts are at work, and nobody at the task itself: how many are done says more than that. */
function isRunning({ state }: UnerasedTask, parts: Progress | undefined): boolean {
  return state === 'open' && goesOn(parts);
}

function standsOf(fill: Texts['fill'], task: UnerasedTask, parts: Progress | undefined): string {
  if (task.merged) return fill('task-card', 'merged', { number: task.merged.number });
  return parts && isRunning(task, parts) ? progressWords(parts) : fill('task-card', task.state);
}

/** A task that is over needs no answer any more. */
async function outsideLine(deps: Deps, task: UnerasedTask): Promise<string[]> {
  const found = task.state === 'open' || task.state === 'started' ? await answerOutside(deps, task) : undefined;
  if (!found) return [];
  const label = escapeMrkdwn(deps.texts.fill('answer-outside', 'card'));
  return [`${escapeMrkdwn(found.who)} · <${escapeMrkdwn(found.url)}|${label}>`];
}

/** Only Skein's own messages are cards: task lines, and the message that opens the conversation of a task. */
async function tasksOf(read: Reader, { id, by, line, cards = [], conversation }: MessageDoc): Promise<UnerasedTask[]> {
  if (by !== 'skein') return [];
  const tasks = line
    ? await Promise.all([line.task, ...cards].map((one) => read.get(TASKS, one)))
    : await read.find(TASKS, { where: { conversation }, limit: MOST_TASKS });
  return tasks.filter(
    (task): task is UnerasedTask => task !== undefined && task.state !== 'erased' && cardOf(task)?.message === id,
  );
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

/** A task can't be done before its parts are, and its parts are begun in place of it. */
function buttonsOf(fill: Texts['fill'], { task, files, progress }: ShownTask): Button[] {
  const { id, pod, state } = task;
  const can = ready(task) && !goesOn(progress);
  const value = `${pod}/${id}`;
  const start: Button = { actionId: actionIds.startTask, label: fill('task-card', 'start'), value };
  const done: Button = { actionId: actionIds.completeTask, label: fill('task-card', 'finish'), value };
  const review: Button = { actionId: actionIds.askReview, label: fill('notice', 'ask-review'), value };
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
  if (state === 'done' || state === 'dropped') return [reopen, comment, ...(files ? [list] : [])];
  return [
    ...(state === 'open' && can ? [start] : []),
    ...daysOf(fill, task),
    ...(can && !endsAfterReview(task) ? [done] : []),
    ...(can && endsAfterReview(task) && mayAsk(task) ? [review] : []),
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
