// Opens the form of an action for whoever clicked a button, typed a command or used a shortcut.
import { NotFound } from '../../../errors.ts';
import type { AnyAction } from '../../../pods/action.ts';
import { newestFiles } from '../../../pods/files/listing.ts';
import { someOf } from '../../../pods/people/directory.ts';
import { numberOf } from '../../../pods/questions/question.ts';
import { questionNamed } from '../../../pods/questions/question-words.ts';
import { listed } from '../../../pods/tasks/graph/waits-words.ts';
import { openParts } from '../../../pods/tasks/parts/parts-below.ts';
import { pending } from '../../../pods/tasks/review/review-state.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../../pods/tasks/task.ts';
import { withTitles } from '../../../pods/tasks/task-words.ts';
import { formIds, formView, MOST_FIELD_CHARS, MOST_OPTIONS } from '../../../slack/render/forms.ts';
import { fieldsOf } from '../../typed/fields.ts';
import type { SlackContext } from '../context.ts';
import { type About, aboutText, digests } from './about.ts';
import { type Choices, formFields, namesFile, namesMember, namesTask } from './fields.ts';
import type { Refused } from './given.ts';
import { roleFields } from './role-fields.ts';
import { wordsOf } from './words.ts';

export interface ToOpen {
  definition: AnyAction;
  /** The id of the pod. Absent for an action that is about none. */
  pod?: string | undefined;
  /** The channel in which its outcome is told. */
  channel?: string | undefined;
  triggerId: string;
  fixed?: Record<string, string>;
  /** The values with which the fields are filled in at first. */
  values?: Record<string, string>;
  /** By field, what is said below it instead of its usual hint. */
  hints?: Record<string, string>;
  from?: About['from'] | undefined;
  /** The task that the form is about, if the action itself takes none. */
  task?: string | undefined;
  /** The text above the fields. Absent: the task, the question, or the action's description. */
  lead?: string;
  /** The values that the thing has, if the form was filled in before. Absent: they are read. */
  stored?: About['stored'];
  refused?: Refused;
}

export async function openActionForm(slack: SlackContext, open: ToOpen): Promise<void> {
  const { definition, pod, channel, triggerId, from, refused, fixed = {}, values = {} } = open;
  const { fill } = slack.texts;
  const about = fixed.task ?? open.task;
  const task = pod && about ? await taskNamed(slack, pod, about) : undefined;
  const before = definition.name === 'update_task' && task ? await valuesOf(slack, task) : {};
  // A text that is longer than a field of Slack can't be edited there without losing its end.
  const long = Object.keys(before).filter((name) => (before[name]?.length ?? 0) > MOST_FIELD_CHARS);
  const asked = await questionOf(slack, open);
  // The options of the question are buttons.
  const parts = definition.name === 'drop_task' && task ? await partsAsked(slack, task) : undefined;
  const roles = definition.name === 'start_workflow' && pod ? await rolesAsked(slack, pod, open) : undefined;
  const hidden = [
    ...(asked === undefined ? [] : ['choice', 'message']),
    ...(parts?.hidden ?? []),
    ...(roles?.hidden ?? []),
    // It tells two requests apart for programs. A person means the one that is open.
    'turn',
  ];
  const shown = { ...fixed, ...Object.fromEntries([...hidden, ...long].map((name) => [name, ''])) };
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !long.includes(name)));
  const words = wordsOf(slack.texts, definition.name);
  const view = formView({
    form: formIds.action,
    about: aboutText({
      action: definition.name,
      ...(pod ? { pod } : {}),
      ...(channel ? { channel } : {}),
      fixed,
      stored: open.stored ?? digests(kept),
      ...(open.task ? { task: open.task } : {}),
      ...(from ? { from } : {}),
    }),
    title: words.title ?? definition.title,
    lead:
      open.lead ??
      (task ? `#${task.number} ${task.title}` : (asked ?? roles?.lead ?? words.lead ?? definition.description)),
    submit: words.submit,
    cancel: fill('form', 'cancel'),
    fields: [
      ...formFields(definition, {
        fixed: shown,
        values: { ...(open.stored ? {} : kept), ...parts?.values, ...values },
        ...(words.choices ? { says: words.choices } : {}),
        ...(words.labels ? { labels: words.labels } : {}),
        hints: { ...words.hints, ...parts?.hints, ...open.hints },
        ...(refused ? { refused: refused.fields } : {}),
        ...(pod ? await choicesIn(slack, definition, { pod, ...(task ? { task } : {}) }) : {}),
        owners: fill('form', 'owners'),
        // A task that nobody has can't be left to nobody.
        ...(task && !task.assignee ? {} : { nothing: fill('form', 'nobody') }),
      }),
      ...(roles?.fields ?? []),
    ],
    ...(refused?.whole ? { refused: refused.whole } : {}),
  });
  await slack.sender.openForm({ triggerId, view });
}

/** Returns the number and the words of the question that is answered. */
async function questionOf(
  { read }: SlackContext,
  { definition, pod = '', fixed }: ToOpen,
): Promise<string | undefined> {
  if (definition.name !== 'answer_question' || !fixed?.question) return undefined;
  const question = await questionNamed(read, pod, fixed.question);
  return `${numberOf(question)}: ${(await read.texts([question.body])).get(question.body) ?? ''}`;
}

/** Without a workflow there are no roles to ask for. */
async function rolesAsked(slack: SlackContext, pod: string, { fixed, values = {} }: ToOpen) {
  if (!fixed?.workflow) return undefined;
  const members = await membersOf(slack, { pod, task: undefined, hint: 'more-roles' });
  return roleFields(slack.read, pod, { workflow: fixed.workflow, members, values });
}

/** A task without open parts asks nothing about them. Those of a workflow end with it, unless somebody says otherwise. */
async function partsAsked(
  { read, texts: { fill } }: SlackContext,
  task: TaskDoc,
): Promise<{ hidden?: string[]; values?: Record<string, string>; hints?: Record<string, string> }> {
  const parts = await openParts(read, task);
  if (!parts.length) return { hidden: ['parts'] };
  const more = parts.length > MOST_NAMED ? [fill('notice', 'drop-others')] : [];
  const items = listed([...parts.slice(0, MOST_NAMED).map(({ number }) => `#${number}`), ...more]);
  return {
    hints: { parts: fill('notice', 'drop-open', { items }) },
    ...(task.workflow ? { values: { parts: 'drop' } } : {}),
  };
}

/** More parts are not named. */
const MOST_NAMED = 10;

/** Reads only what the action's fields name. */
async function choicesIn(
  slack: SlackContext,
  definition: AnyAction,
  { pod, task }: { pod: string; task?: TaskDoc },
): Promise<{ members?: Choices; tasks?: Choices; files?: Choices }> {
  const fields = fieldsOf(definition);
  const [members, tasks, files] = await Promise.all([
    fields.some(namesMember)
      ? membersOf(slack, { pod, task, action: definition.name, hint: 'more-members' })
      : undefined,
    !task && fields.some(namesTask) ? tasksOf(slack, pod, definition.name) : undefined,
    fields.some(namesFile) ? filesOf(slack, pod, task) : undefined,
  ]);
  return { ...(members ? { members } : {}), ...(tasks ? { tasks } : {}), ...(files ? { files } : {}) };
}

/** One choice is left for nobody. */
const MOST_LISTED = MOST_OPTIONS - 1;

async function membersOf(
  { read, texts: { fill } }: SlackContext,
  {
    pod,
    task,
    hint,
    action = '',
  }: { pod: string; task: TaskDoc | undefined; hint: 'more-members' | 'more-roles'; action?: string },
): Promise<Choices> {
  const { present, last } = await someOf(read, pod);
  const all = present.filter(({ id }) => id !== task?.assignee);
  const options = all.slice(0, MOST_LISTED).map(({ id, name }) => ({ label: name, value: id as string }));
  const more = all.length - options.length;
  return {
    options,
    ...(more > 0 ? { hint: fill('form', hint, { count: last ? `over ${more}` : more, action }) } : {}),
  };
}

async function tasksOf({ read, texts: { fill } }: SlackContext, pod: string, action: string): Promise<Choices> {
  const reopens = action === 'reopen_task';
  const active = reopens ? [] : await activeTasks(read, pod);
  // A verdict is about a task that is shown to somebody. Where none is, the action says why it refuses.
  const shown = action === 'approve' || action === 'send_back' ? active.filter((task) => pending(task).length) : active;
  const newest = reopens ? await begunTasks(read, pod) : shown.length ? shown : active;
  const options = (await withTitles(read, newest.slice(0, MOST_LISTED))).map(({ id, number, title }) => ({
    label: `#${number} ${title}`,
    value: id,
  }));
  if (reopens) return { options, hint: fill('form', 'older-tasks', { action }) };
  const more = newest.length - options.length;
  return { options, ...(more > 0 ? { hint: fill('form', 'more-tasks', { count: more, action }) } : {}) };
}

/** The newest files. An older one is attached by its name, with a command. */
async function filesOf(
  { read, texts: { fill } }: SlackContext,
  pod: string,
  task: TaskDoc | undefined,
): Promise<Choices> {
  const { shown, next } = await newestFiles(read, pod, { limit: MOST_LISTED });
  const options = shown
    .filter(({ id }) => !task?.files?.includes(id))
    .map(({ id, name }) => ({ label: name, value: id }));
  return { options, ...(next ? { hint: fill('form', 'older-files', { action: 'attach_file' }) } : {}) };
}

async function activeTasks(read: SlackContext['read'], pod: string): Promise<TaskDoc[]> {
  const found = await read.find(TASKS, { where: { pod, state: { in: [...ACTIVE] } } });
  return found.sort((a, b) => b.number - a.number);
}

/** Tasks that are done gather for years, so only the newest are looked at. */
async function begunTasks(read: SlackContext['read'], pod: string): Promise<TaskDoc[]> {
  const newest = await read.find(TASKS, { where: { pod }, sort: [['number', 'desc']], limit: 2 * MOST_LISTED });
  return newest.filter(({ state }) => state !== 'open' && state !== 'erased');
}

async function valuesOf({ read }: SlackContext, task: TaskDoc & { title: string }): Promise<Record<string, string>> {
  const text = task.body && (await read.texts([task.body])).get(task.body);
  return { title: task.title, ...(text ? { text } : {}), ...(task.due ? { due: task.due } : {}) };
}

async function taskNamed({ read }: SlackContext, pod: string, id: string): Promise<TaskDoc & { title: string }> {
  const doc = await read.get(TASKS, id);
  const [task] = doc?.pod === pod && !doc.erased ? await withTitles(read, [doc]) : [];
  if (task) return task;
  throw new NotFound('This task is not there any more.');
}
