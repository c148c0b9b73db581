// list_waiting: lists everything that waits for a person, in all their pods.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import { type Quoted, quoted, type Said, said, type Text } from '../../../log/body.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { MESSAGES, type MessageDoc } from '../../conversations/message.ts';
import { madeThings, type ShownThing } from '../../erasing/traces/made-things.ts';
import { TRACES } from '../../erasing/traces/trace.ts';
import { type ShownConflict, shownConflicts } from '../../files/conflicts/shown-conflict.ts';
import { FILES, type FileDoc } from '../../files/file.ts';
import { marked } from '../../marked.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../../questions/question.ts';
import { minute } from '../../require.ts';
import { excerpt } from '../../search/excerpt.ts';
import { giverOf } from '../../tasks/giving/givers.ts';
import { blocker, lost, waits } from '../../tasks/graph/ready.ts';
import { waitsWords } from '../../tasks/graph/waits-words.ts';
import { goesOn, type Progress, progressOf, progressWords } from '../../tasks/parts/progress.ts';
import { reviewFirst } from '../../tasks/review/review-state.ts';
import { namedIn, reviewWords } from '../../tasks/review/review-words.ts';
import type { TaskDoc } from '../../tasks/task.ts';
import type { NeedDoc } from '../need.ts';
import { type Waiting, waitingFor } from './waiting.ts';
import { whose, within } from './whose.ts';

/** One thing that waits for a person, as a result or a list shows it. */
export interface ShownWaiting {
  /** The id of the open item; absent for a task without one. */
  item?: string;
  why: Waiting['reason'];
  pod: { id: string; name: string };
  /** The name of the person who is away and for whom the person stands in. Absent for an item of their own. */
  for?: string;
  /** The name of the person who had it and has left. It is for the owners now. */
  left?: string;
  /** The participant who asked the question, gave the task or named the person. */
  from?: string;
  task?: string;
  state?: string;
  /** Set if the task is with somebody else than whose item it is, or with nobody: who has it. */
  with?: string;
  /** The tasks that have to be done before it. Absent if it can begin. */
  waits_for?: string;
  /** Set if there is nothing to do in it yet: it waits for another task, or for the steps of its workflow. */
  not_yet?: true;
  /** How many of its parts are done: “1 of 5 parts done”. Absent if it has none, or all are. */
  parts?: string;
  /** How its review stands. Absent if nobody reviews it. */
  review?: string;
  /** Set if it is not done before its reviewers approve it: whether they are still to be asked. */
  review_first?: 'to ask' | 'asked';
  /** The request that the person is asked to answer. Set if they review the task. */
  turn?: number;
  /** The first of them without which it may go on. Set if the item asks how it goes on. */
  lost?: string;
  /** Set if that may still be done, and the day of the task has come. */
  late?: true;
  title?: Said;
  question?: string;
  /** The id of a trace, and its things: settle_traces forgets or keeps them. */
  trace?: string;
  made?: ShownMade[];
  conflict?: ShownConflict;
  /** The options of the question. */
  options?: Said[];
  text?: Quoted;
  /** How many messages there ask for the person. `text` is the newest. Absent for one. */
  times?: number;
  due?: string;
  /** Decided by the person's own calendar. */
  is?: 'overdue' | 'due today';
  needed_by?: string;
  /** The option that whoever asks takes if nobody answers in time. */
  otherwise?: Said;
  mails?: number;
  conversation?: string;
  message?: string;
  put_off_until?: string;
  since: string;
}

interface ShownMade {
  number: number;
  /** The word for its kind: message, task, note, question, file. */
  what: string;
  by?: string;
  /** Set if it is a file that came with the erased text. Then it has no `by`. */
  came?: true;
  /** Set if it is what a message said before it was edited; `text` is what it says now. Then it has no `by`. */
  earlier?: true;
  text: Quoted;
}

interface View {
  today: string;
  /** There may be more than `all`. */
  over: boolean;
  all: readonly Waiting[];
  shown: readonly Waiting[];
  messages: ReadonlyMap<string, MessageDoc>;
  questions: ReadonlyMap<string, QuestionDoc>;
  files: ReadonlyMap<string, FileDoc>;
  conflicts: ReadonlyMap<string, ShownConflict>;
  texts: ReadonlyMap<string, Text>;
  made: ReadonlyMap<string, readonly ShownThing[]>;
  progress: ReadonlyMap<string, Progress>;
  names: ReadonlyMap<ParticipantId, Named>;
}

export const listWaiting = action({
  name: 'list_waiting',
  title: 'List what waits for you',
  description: 'Lists what waits for the person you are or act for, the most urgent first: questions, tasks, mentions.',
  input: z.strictObject({ limit: z.int().min(1).max(50).default(20) }),
  effect: 'read',
  own: true,
  allow: 'anyone',
  async load(read, { limit }, ctx): Promise<View> {
    const reader = whose(ctx);
    const { all, today, over } = await waitingFor(read, reader, { now: ctx.at, ...within(ctx) });
    return { today, over, all, shown: all.slice(0, limit), ...(await worded(read, all.slice(0, limit), reader)) };
  },
  decide({ all, shown, over, ...view }) {
    const more = all.length - shown.length;
    const labels = shown.flatMap(({ task, item }) => [task?.labels?.titleRef, textOf(item, view)?.label]);
    return {
      changes: [],
      result: {
        waiting: shown.map((one) => shownWaiting(one, view)),
        ...(more ? { more: `${over ? 'at least ' : ''}${more} more` } : {}),
        ...marked(labels),
      },
    };
  },
});

async function worded(read: Reader, shown: readonly Waiting[], reader: ParticipantId): Promise<Words> {
  const items = shown.flatMap(({ item }) => (item ? [item] : []));
  const [messages, questions, files] = await Promise.all([
    Promise.all(
      items.map(({ message, reason }) => (message && reason !== 'asked' ? read.get(MESSAGES, message) : undefined)),
    ),
    Promise.all(items.map(({ about }) => (about.on === QUESTIONS.name ? read.get(QUESTIONS, about.id) : undefined))),
    Promise.all(items.map(({ about }) => (about.on === FILES.name ? read.get(FILES, about.id) : undefined))),
  ]);
  const said = messages.flatMap((one) => (one && !one.erased ? [one] : []));
  const asked = questions.flatMap((one) => (one && !one.erased ? [one] : []));
  return {
    messages: new Map(said.map((one) => [one.id, one])),
    questions: new Map(asked.map((one) => [one.id, one])),
    files: new Map(files.flatMap((one) => (one ? [[one.id, one] as const] : []))),
    made: await madeIn(read, items),
    progress: await progressOf(
      read,
      shown.flatMap(({ task }) => task ?? []),
    ),
    conflicts: await shownConflicts(read, files, reader),
    texts: await read.labelled([...said, ...asked].map(({ body }) => body || undefined)),
    names: await namesOfAll(read, [
      ...items.flatMap(({ by, left, behalf }) => [by, left, behalf]),
      ...[...said, ...asked].map(({ by }) => by),
      ...shown.flatMap(({ for: absent, task }) => [
        absent,
        ...(task ? [task.assignee, giverOf(task), ...namedIn(task)] : []),
      ]),
    ]),
  };
}

async function madeIn(read: Reader, items: readonly NeedDoc[]): Promise<Map<string, ShownThing[]>> {
  const ids = items.flatMap(({ reason, about }) => (reason === 'made_from' ? [about.id] : []));
  const traces = await Promise.all(ids.map((id) => read.get(TRACES, id)));
  const found = traces.flatMap((trace) => trace ?? []);
  return new Map(await Promise.all(found.map(async (one) => [one.id, await madeThings(read, one)] as const)));
}

function shownThing({ number, on, by, text, label, came, earlier }: ShownThing): ShownMade {
  const how = came ? { came } : earlier ? { earlier } : { by };
  return { number, what: on.slice(0, -1), ...how, text: quoted(text, label) };
}

type Words = Omit<View, 'today' | 'over' | 'all' | 'shown'>;

function textOf(
  item: Waiting['item'],
  { messages, questions, texts }: Pick<Words, 'messages' | 'questions' | 'texts'>,
): Text | undefined {
  const doc = item && (questions.get(item.about.id) ?? messages.get(item.message ?? ''));
  return doc && texts.get(doc.body);
}

function shownWaiting(
  { item, task, pod, reason, due, neededBy, until, mails, at, held, for: absent }: Waiting,
  view: Words & Pick<View, 'today'>,
): ShownWaiting {
  const text = textOf(item, view);
  const question = item && view.questions.get(item.about.id);
  const file = item && view.files.get(item.about.id);
  const conflict = reason === 'conflict' && item ? view.conflicts.get(item.about.id) : undefined;
  const conversation = item?.conversation ?? task?.conversation;
  const made = item && view.made.get(item.about.id);
  const gave = task && item && !item.left && OPENED_BY_OTHERS.includes(reason);
  const by = gave ? giverOf(task) : item && byOf(item, view);
  const review = task && reviewWords(task, view.names);
  const progress = task && view.progress.get(task.id);
  return {
    ...(item ? { item: item.id } : {}),
    // A task that falls due has nobody who gave it then.
    ...(by && by !== 'skein' ? { from: fromWords(view, by, task && !gave ? item?.behalf : undefined) } : {}),
    ...(item?.left ? { left: called(view.names, item.left).name } : {}),
    ...(absent ? { for: called(view.names, absent).name } : {}),
    why: reason,
    pod: { id: pod.id, name: pod.name },
    ...(task ? { task: `#${task.number}`, state: task.state, title: said(task.titleRef, task.labels?.titleRef) } : {}),
    ...(item && task && task.assignee !== item.who ? { with: holderOf(task, view.names) } : {}),
    ...(task && reason === 'stuck' ? withoutWhich(task) : {}),
    ...(task && waits(task).length ? { waits_for: waitsWords(waits(task), view.names) } : {}),
    ...(held ? { not_yet: true as const } : {}),
    ...(progress && goesOn(progress) ? { parts: progressWords(progress) } : {}),
    ...(review ? { review } : {}),
    ...(task ? reviewFirst(task) : {}),
    ...(reason === 'review' && task?.review ? { turn: task.review.turn } : {}),
    ...(file?.nameRef ? { title: said(file.nameRef, file.labels?.hash) } : {}),
    ...(item && made ? { trace: item.about.id, made: made.map(shownThing) } : {}),
    ...(conflict ? { conflict } : {}),
    ...(question ? { question: numberOf(question) } : {}),
    ...(question?.options.length ? { options: question.options.map((one) => said(one)) } : {}),
    ...(text ? { text: quoted(excerpt(text.text, '', 200), text.label) } : {}),
    ...(item?.reason === 'named' && item.count > 1 ? { times: item.count } : {}),
    ...(due ? { due, ...dueNow(due, view.today) } : {}),
    ...(neededBy ? { needed_by: minute(question?.neededBy ?? neededBy) } : {}),
    ...(question?.otherwise ? { otherwise: said(question.otherwise) } : {}),
    ...(mails ? { mails } : {}),
    ...(conversation ? { conversation } : {}),
    ...(item?.message ? { message: item.message } : {}),
    ...(until ? { put_off_until: minute(until) } : {}),
    since: minute(at),
  };
}

function holderOf({ assignee }: TaskDoc, names: Words['names']): string {
  return assignee ? called(names, assignee).name : 'nobody';
}

function withoutWhich(task: TaskDoc): Pick<ShownWaiting, 'lost' | 'late'> {
  const first = blocker(task);
  return first ? { lost: `#${first.number}`, ...(lost(task).length ? {} : { late: true }) } : {};
}

function fromWords({ names }: Pick<Words, 'names'>, by: ParticipantId, behalf: ParticipantId | undefined): string {
  return [by, ...(behalf ? [behalf] : [])].map((one) => called(names, one).name).join(', for ');
}

/** The reasons that an act on this task or on another opens. Its author need not be who gave the task. */
const OPENED_BY_OTHERS: readonly string[] = ['reopened', 'rescheduled', 'unblocked', 'stuck'];

/** Returns who asks. An item that passed to others was raised by whoever removed its person, or by Skein. */
function byOf(
  { about, by, left, message = '' }: NeedDoc,
  { messages, questions }: Pick<Words, 'messages' | 'questions'>,
): ParticipantId {
  return questions.get(about.id)?.by ?? ((left && messages.get(message)?.by) || by);
}

function dueNow(due: string, today: string): Pick<ShownWaiting, 'is'> {
  if (due > today) return {};
  return { is: due === today ? 'due today' : 'overdue' };
}
