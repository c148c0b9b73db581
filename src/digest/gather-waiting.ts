// Gathers the items that wait for a person: open tasks, unanswered mentions, quarantined mails.

import type { PersonId } from '../log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../pods/conversations/message.ts';
import { ownWords } from '../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../pods/mail/message-parts.ts';
import { QUARANTINED_MAILS } from '../pods/mail/quarantined-mail.ts';
import { MEMBERS, memberId } from '../pods/members/member.ts';
import { called, namesOfAll } from '../pods/people/directory.ts';
import type { PodDoc } from '../pods/pod/pod.ts';
import { QUESTIONS } from '../pods/questions/question.ts';
import { tasksOf } from '../pods/subscriptions/range.ts';
import { waits } from '../pods/tasks/graph/ready.ts';
import { droppers, waitsWords } from '../pods/tasks/graph/waits-words.ts';
import { withTitles } from '../pods/tasks/task-words.ts';
import type { GatherDeps } from './deps.ts';
import type { WaitingMails, WaitingMention, WaitingTask } from './facts.ts';
import { rankOf, type Untold } from './gather-untold.ts';
import { quiet } from './quiet.ts';

type In<T> = Omit<T, 'pod'> & { podId: string };
type Pods = ReadonlyMap<string, PodDoc>;

/** A mention that is older than this does not count as waiting. */
const WAITS_MS = 7 * 86_400_000;
const MOST_MENTIONS = 20;

/** Returns the person's open tasks, the most urgent first. */
export async function waitingTasks(
  { read, links }: GatherDeps,
  person: PersonId,
  pods: Pods,
  today: string,
  untold: Untold,
): Promise<In<WaitingTask>[]> {
  const own = (await tasksOf(read, person)).filter((task) => pods.has(task.pod));
  const tasks = await withTitles(read, own);
  const conversations = await docsById(read, ids(tasks.map((task) => task.conversation)));
  const names = await namesOfAll(
    read,
    tasks.flatMap((task) => droppers(waits(task))),
  );
  return tasks
    .map((task): In<WaitingTask> => {
      const { id, pod, number, title, due, conversation } = task;
      const waiting = waitsWords(waits(task), names);
      const thread = conversation ? conversations.get(conversation) : undefined;
      const url = thread && links.conversation(thread);
      const when = due === undefined || due > today ? 'open' : due === today ? 'today' : 'overdue';
      const place = rankOf(untold, ({ about }) => about.id === id);
      const shown = { podId: pod, id, number, title: quiet(title, 120), when } as const;
      const facts = { ...(due ? { due } : {}), ...(waiting ? { waits: quiet(waiting, 300) } : {}) };
      return { ...shown, ...facts, ...(url ? { url } : {}), ...place };
    })
    .sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.number - b.number);
}

/** Returns the unanswered mentions of the person, the newest first. */
export async function waitingMentions(
  { read, links }: GatherDeps,
  person: PersonId,
  pods: Pods,
  now: number,
  untold: Untold,
): Promise<In<WaitingMention>[]> {
  const found = await read.find(MESSAGES, { where: { mentions: person, at: { gte: now - WAITS_MS } } });
  // A line of Skein says what somebody did for them, which has an item of its own.
  const others = found.filter(({ by }) => by !== person && by !== 'skein');
  const here = others.filter((message) => pods.has(message.pod) && !message.erased);
  const newest = here.sort((a, b) => b.at - a.at).slice(0, MOST_MENTIONS);
  const open = await Promise.all(newest.map((message) => isOpen(read, message, person)));
  const asking = await askingOf(read, newest, person);
  const waiting = newest.filter(({ question = '' }, n) => open[n] && !asking.has(question));
  const [texts, names, conversations] = await Promise.all([
    read.texts(waiting.flatMap(partRefs)),
    namesOfAll(
      read,
      waiting.map(({ by }) => by),
    ),
    docsById(read, ids(waiting.map(({ conversation }) => conversation))),
  ]);
  return waiting.flatMap((message): In<WaitingMention>[] => {
    if (!texts.has(message.body)) return [];
    const text = ownWords(partsOf(message, texts));
    const url = links.message(message, conversations.get(message.conversation));
    const by = quiet(called(names, message.by).name, 60);
    const place = rankOf(untold, (item) => item.message === message.id);
    const shown = { podId: message.pod, id: message.id, by, text: quiet(text, 140) };
    return [{ ...shown, ...(url ? { url } : {}), ...place }];
  });
}

/** Returns the questions to the person that these messages ask. They wait as questions, until they are settled. */
async function askingOf(
  read: GatherDeps['read'],
  messages: readonly MessageDoc[],
  person: PersonId,
): Promise<ReadonlySet<string>> {
  const wanted = ids(messages.map(({ question }) => question));
  const questions = wanted.length ? await read.find(QUESTIONS, { where: { id: { in: wanted } } }) : [];
  return new Set(questions.filter(({ asked }) => asked.includes(person)).map(({ id }) => id));
}

const MOST_COUNTED = 1000;

/**
 * Counts the quarantined mails of the pods that the person owns. Archived pods are included, because earlier mails
 * still wait in them.
 */
export async function waitingMails(
  { read }: GatherDeps,
  person: PersonId,
  pods: Iterable<string>,
): Promise<In<WaitingMails>[]> {
  const counted = await Promise.all(
    [...pods].map(async (pod) => {
      if ((await read.get(MEMBERS, memberId(pod, person)))?.role !== 'owner') return [];
      const { length } = await read.find(QUARANTINED_MAILS, { where: { pod, state: 'held' }, limit: MOST_COUNTED });
      return length ? [{ podId: pod, mails: length }] : [];
    }),
  );
  return counted.flat();
}

/** True if the person has not written in the conversation after the message. */
async function isOpen(
  read: GatherDeps['read'],
  { conversation, posted }: MessageDoc,
  person: PersonId,
): Promise<boolean> {
  const later = { conversation, by: person, posted: { gt: posted } };
  return (await read.find(MESSAGES, { where: later, limit: 1 })).length === 0;
}

export function ids(wanted: readonly (string | undefined)[]): string[] {
  return [...new Set(wanted.filter((id): id is string => id !== undefined))];
}

export async function docsById(
  read: GatherDeps['read'],
  wanted: readonly string[],
): Promise<Map<string, ConversationDoc>> {
  const docs = wanted.length ? await read.find(CONVERSATIONS, { where: { id: { in: wanted } } }) : [];
  return new Map(docs.map((doc) => [doc.id, doc]));
}
