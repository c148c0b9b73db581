// Builds the text of a notice: one line for each open item, addressed to the person who reads it.

import type { Links } from '../../digest/facts.ts';
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { AGENT_APPS } from '../../pods/agent-apps/agent-app.ts';
import { APPS } from '../../pods/apps/app.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { FILES } from '../../pods/files/file.ts';
import { shownDay } from '../../pods/local-time.ts';
import { ownWords } from '../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { isToTell, NEEDS, type NeedDoc } from '../../pods/needs/need.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { QUESTIONS } from '../../pods/questions/question.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import type { NoticeWish } from '../../pods/telling/wishes.ts';
import type { Texts } from '../../texts/texts.ts';
import { type Answering, answerOutside } from './answer-outside.ts';
import { graphLine, withFallen, withWaits } from './notice-graph.ts';
import { questionLine } from './notice-question.ts';
import { forDeputy, forOwners, type Recipient, recipientOf } from './notice-recipient.ts';
import { repeatLine } from './notice-repeat.ts';
import { reviewLine, withUnheard } from './notice-review.ts';
import { traceLine } from './notice-trace.ts';

export interface WordsDeps {
  read: Reader;
  texts: Texts;
  /** Makes links to Slack. The line of an item that is not in Slack has no link. */
  links: Links;
  /** Milliseconds since 1970. */
  clock(): number;
  /** Makes links to mails to people outside. The line of a task has none without it. */
  answering?: Answering;
}

/** `zone`: the time zone of whoever reads the words. */
export type ReaderDeps = WordsDeps & {
  zone: string;
  /** True if a question of several lines stands whole below its line (`questionBelow`). */
  below?: true;
};

export interface NoticeWords {
  subject: string;
  /** The lines, in Markdown. */
  lines: string[];
}

/** Returns the lines and omits items that were settled after the notice was requested. */
export async function noticeWords(deps: ReaderDeps, { items }: Pick<NoticeWish, 'items'>): Promise<NoticeWords> {
  const found = await Promise.all(items.map(({ need }) => deps.read.get(NEEDS, need)));
  const open = found.filter(isToTell);
  const absent = new Map(items.map((item) => [item.need, item.for]));
  const worded = await Promise.all(open.map((item) => lineOf(deps, item as NeedDoc, absent.get(item?.id ?? ''))));
  const [first] = worded;
  const { fill } = deps.texts;
  const subject =
    worded.length === 1 && first
      ? fill('notice', 'one', { pod: first.pod })
      : fill('notice', 'several', { count: worded.length });
  return { subject, lines: worded.map(({ line }) => line) };
}

/**
 * Returns the line for an open item, and the name of its pod. `absent`: the person who is needed, if they are away and their
 * deputy gets the line.
 */
export async function lineOf(
  deps: ReaderDeps,
  item: NeedDoc,
  absent?: PersonId | undefined,
): Promise<{ pod: string; line: string }> {
  const { read, links } = deps;
  const by = await askerOf(read, item);
  const [pod, conversation, recipient, names] = await Promise.all([
    read.get(PODS, item.pod),
    item.conversation ? read.get(CONVERSATIONS, item.conversation) : undefined,
    recipientOf(deps, absent ?? item.left),
    namesOfAll(read, [by, item.left, item.behalf]),
  ]);
  const facts = {
    ...recipient,
    person: quiet(called(names, by).name, 60),
    behalf: item.behalf
      ? deps.texts.fill('notice', 'behalf', { person: quiet(called(names, item.behalf).name, 60) })
      : '',
    pod: quiet(pod?.name ?? item.pod, 60),
    url: (conversation && links.conversation(conversation)) ?? (pod && links.pod(pod)) ?? '',
  };
  const left = item.left && quiet(called(names, item.left).name, 60);
  const line =
    (left && (await leftTaskLine(deps, item, facts, left))) ??
    (await repeatLine(deps, item, facts)) ??
    (await stepLine(deps, item, facts)) ??
    (await withSender(deps, item, await graphLine(deps, item, facts))) ??
    (await reviewedLine(deps, item, facts)) ??
    (await withSender(deps, item, await taskLine(deps, item, facts))) ??
    (await questionLine(deps, item, facts)) ??
    (await namedLine(deps, item, facts)) ??
    (await conflictLine(deps, item, facts)) ??
    (await traceLine(deps, item, facts)) ??
    (await appLine(deps, item, facts)) ??
    (await overLine(deps, item, facts)) ??
    unwokenLine(deps, item, facts);
  const words = line ?? deps.texts.fill('notice', 'other', { pod: facts.pod, url: facts.url });
  if (left && !isOfTask(item.reason))
    return { pod: facts.pod, line: forOwners(deps, item, { absent: left, pod: facts.pod }, words) };
  return { pod: facts.pod, line: absent ? await forDeputy(deps, item, absent, words) : words };
}

/** Returns who asks. An item that passed to others was raised by whoever removed its person, or by Skein. */
export async function askerOf(
  read: Pick<Reader, 'get'>,
  { about, reason, left, message: id, by }: NeedDoc,
): Promise<ParticipantId> {
  const question = reason === 'asked' && about.on === QUESTIONS.name ? await read.get(QUESTIONS, about.id) : undefined;
  return question?.by ?? ((left && id && (await read.get(MESSAGES, id))?.by) || by);
}

/** The task of somebody who has left. */
async function leftTaskLine(
  { read, texts }: WordsDeps,
  item: NeedDoc,
  { pod, url }: Facts,
  absent: string,
): Promise<string | undefined> {
  const doc = isOfTask(item.reason) ? await read.get(TASKS, item.about.id) : undefined;
  const [task] = doc ? await withTitles(read, [doc]) : [];
  if (!task) return undefined;
  const day = task.due ? texts.fill('notice', 'by-day', { day: shownDay(task.due) }) : '';
  const { number, title } = task;
  return texts.fill('notice', 'left-task', { absent, pod, url, number, title: quiet(title, 120), day });
}

interface Facts extends Recipient {
  person: string;
  /** The person for whom an agent acts, with the words before it. */
  behalf: string;
  pod: string;
  url: string;
}

/** With how many files there are to look at. */
async function reviewedLine(deps: WordsDeps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  const line = await reviewLine(deps, item, facts, await noteWords(deps, item));
  const task = line && item.reason === 'review' ? await deps.read.get(TASKS, item.about.id) : undefined;
  return line && task ? withFiles(deps.texts, line, task) : line;
}

async function taskLine({ read, texts }: WordsDeps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  const { reason } = item;
  // graphLine has its words.
  if (!isOfTask(reason) || reason === 'unblocked') return undefined;
  const doc = await read.get(TASKS, item.about.id);
  const [task] = doc ? await withTitles(read, [doc]) : [];
  if (!task) return undefined;
  const none = reason === 'rescheduled' ? texts.fill('notice', 'no-day') : '';
  const day = item.due ? texts.fill('notice', 'by-day', { day: shownDay(item.due) }) : none;
  const said = { ...facts, number: task.number, title: quiet(task.title, 120) };
  const words =
    !task.assignee && (reason === 'due' || reason === 'overdue' || reason === 'repeated')
      ? texts.fill('notice', `${reason}-nobody`, { ...said, day })
      : reason === 'due' || reason === 'overdue'
        ? texts.fill('notice', reason, said)
        : reason === 'returned'
          ? texts.fill('notice', reason, { ...said, note: await noteWords({ read, texts }, item) })
          : texts.fill('notice', reason, { ...said, day });
  return withFiles(texts, await withWaits({ read, texts }, words, task), task);
}

async function stepLine({ read, texts }: WordsDeps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  if (item.reason !== 'step' || !item.step) return undefined;
  const doc = await read.get(TASKS, item.about.id);
  const [task] = doc ? await withTitles(read, [doc]) : [];
  if (!task) return undefined;
  const names = await namesOfAll(read, [task.assignee]);
  const assignee = task.assignee ? quiet(called(names, task.assignee).name, 60) : texts.fill('notice', 'nobody');
  const said = { ...facts, number: task.number, title: quiet(task.title, 120) };
  const note = await noteWords({ read, texts }, item);
  if (item.step === 'assigned' && task.assignee === (await askerOf(read, item)))
    return texts.fill('notice', 'step-taken', { ...said, note });
  if (item.step === 'assigned') return texts.fill('notice', 'step-assigned', { ...said, assignee, note });
  const line = texts.fill('notice', `step-${item.step}`, { ...said, note });
  if (item.step === 'dropped') return withFallen({ read, texts }, line, { task, who: item.who });
  return item.step === 'finished' ? withUnheard({ read, texts }, line, task) : line;
}

/** A note on what came of a task, with what was assumed. */
const NOTE_CHARS = 1500;

async function noteWords({ read, texts }: Pick<WordsDeps, 'read' | 'texts'>, { note }: NeedDoc): Promise<string> {
  const text = note && (await read.texts([note])).get(note);
  return text ? texts.fill('notice', 'note', { text: quiet(text, NOTE_CHARS) }) : '.';
}

/** Without names: what was sent to one person stays as it is when a file is erased. */
function withFiles({ fill }: Texts, line: string, { files = [] }: Pick<TaskDoc, 'files'>): string {
  if (!files.length) return line;
  return files.length === 1
    ? fill('notice', 'with-file', { line })
    : fill('notice', 'with-files', { line, count: files.length });
}

/** Adds to the line of a task how to answer the person outside whose mail began it. */
async function withSender(deps: WordsDeps, item: NeedDoc, line: string | undefined): Promise<string | undefined> {
  const task = line && deps.answering && isOfTask(item.reason) ? await deps.read.get(TASKS, item.about.id) : undefined;
  const outside = task && (await answerOutside(deps, task));
  return line && outside ? `${line} ${outside.line}` : line;
}

const OF_TASKS = [
  ...(['assigned', 'reopened', 'returned', 'rescheduled', 'due', 'overdue', 'repeated', 'unblocked'] as const),
] as const;
type OfTask = (typeof OF_TASKS)[number];

function isOfTask(reason: NeedDoc['reason']): reason is OfTask {
  return OF_TASKS.some((one) => one === reason);
}

/** The line about an app that wants to wake more agents than it may. The app is who asks. */
async function overLine({ read, texts }: WordsDeps, item: NeedDoc, { pod, url }: Facts): Promise<string | undefined> {
  const doc = item.reason === 'app_over' ? await read.get(APPS, item.about.id) : undefined;
  const { app = '', name = '', wakesAnHour: count = 0 } = doc ?? {};
  return doc && texts.fill('notice', 'app-over', { person: quiet(name, 60), pod, url, app, count });
}

/** The line about an agent's own Slack app. The agent is who asks. */
async function appLine({ read, texts }: WordsDeps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  const app = item.reason === 'app_lost' ? await read.get(AGENT_APPS, item.about.id) : undefined;
  const { person, pod, url } = facts;
  return app && texts.fill('notice', 'app-lost', { person, pod, url, setting: app.setting ?? '' });
}

function unwokenLine({ texts }: WordsDeps, { reason }: NeedDoc, { pod, url }: Facts): string | undefined {
  return reason === 'unwoken' || reason === 'stopped' ? texts.fill('notice', reason, { pod, url }) : undefined;
}

async function namedLine({ read, texts, links }: WordsDeps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  const message = item.reason === 'named' && item.message ? await read.get(MESSAGES, item.message) : undefined;
  if (!message || message.erased) return undefined;
  const words = await read.texts(partRefs(message));
  const conversation = await read.get(CONVERSATIONS, message.conversation);
  const url = links.message(message, conversation) ?? facts.url;
  const line = texts.fill('notice', 'named', {
    person: facts.person,
    whom: facts.whom,
    pod: facts.pod,
    url,
    text: quiet(ownWords(partsOf(message, words)), 300),
  });
  return item.again ? texts.fill('notice', 'reply-back', { line }) : [line, ...newestOf(texts, item)].join(' ');
}

/** Several messages in a conversation ask for somebody: one line, with the newest words. */
export function newestOf({ fill }: Texts, { reason, again, count }: NeedDoc): string[] {
  return reason === 'named' && !again && count > 1 ? [fill('notice', 'newest-of', { count })] : [];
}

/** The line about an upload that was made from an older version. The uploader reads how to put it in its place. */
async function conflictLine(
  { read, texts }: WordsDeps,
  { reason, about, by, who }: NeedDoc,
  { person, pod, url }: Facts,
): Promise<string | undefined> {
  const file = reason === 'conflict' ? await read.get(FILES, about.id) : undefined;
  const copy = file?.conflict && (await read.get(FILES, file.conflict.copy));
  if (!file?.conflict || !copy) return undefined;
  const [words, names] = await Promise.all([
    read.texts([file.nameRef, copy.nameRef]),
    namesOfAll(read, [file.conflict.with]),
  ]);
  const [title, beside] = [file, copy].map(({ nameRef }) => quiet(words.get(nameRef) ?? ERASED, 120));
  const said = { pod, url, title: title ?? '', copy: beside ?? '' };
  if (by !== who) return texts.fill('notice', 'conflict', { ...said, person });
  return texts.fill('notice', 'conflict-own', { ...said, person: quiet(called(names, file.conflict.with).name, 60) });
}
