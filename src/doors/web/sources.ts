// Finds the sources of a pod's tasks for a page beside the chat: threads, mails, files and followers.
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { FILES } from '../../pods/files/file.ts';
import { written } from '../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { minute } from '../../pods/require.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../pods/tasks/task.ts';

/** Returns the Slack thread timestamps of the newest conversations, by conversation id. */
export async function threadsOf(read: Reader, pod: string): Promise<Record<string, string>> {
  const newest = await read.find(CONVERSATIONS, { where: { pod }, sort: [['lastAt', 'desc']], limit: MOST_THREADS });
  const threads = newest.flatMap(({ id, place }) =>
    place.kind === 'slack' && place.thread ? [[id, place.thread] as const] : [],
  );
  return Object.fromEntries(threads);
}

/** Returns where these conversations are in Slack, by conversation id. Omits those that are only in mail. */
export async function slackThreadsOf(
  read: Reader,
  ids: readonly string[],
): Promise<Record<string, { channel: string; thread?: string }>> {
  const docs = ids.length ? await read.find(CONVERSATIONS, { where: { id: { in: [...new Set(ids)] } } }) : [];
  const places = docs.flatMap(({ id, place }) =>
    place.kind === 'slack'
      ? [[id, { channel: place.channel, ...(place.thread ? { thread: place.thread } : {}) }] as const]
      : [],
  );
  return Object.fromEntries(places);
}

const MOST_THREADS = 500;

const MOST_MESSAGES = 200;

/**
 * Returns the source of a task: the forwarded text that it was made from, its followers, and the files that its
 * conversation mentions.
 */
export async function sourceOf(read: Reader, pod: string, id: string): Promise<object> {
  const task = await read.get(TASKS, id);
  if (task?.pod !== pod || task.erased) throw new NotFound('This task is not there any more.');
  const where = { conversation: task.conversation ?? '' };
  const [messages, files, names] = await Promise.all([
    read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: MOST_MESSAGES }),
    read.find(FILES, { where: { pod } }),
    namesOfAll(read, task.followers ?? []),
  ]);
  const source = messages[0]?.brought;
  const texts = await read.texts([
    ...messages.flatMap(partRefs),
    ...files.map(({ nameRef }) => nameRef),
    ...(source ? [source] : []),
  ]);
  const parts = messages.map((message) => partsOf(message, texts));
  const named = files.flatMap(({ nameRef, erased }) => (erased ? [] : (texts.get(nameRef) ?? [])));
  return {
    ...(source && texts.has(source) ? { source: texts.get(source) } : {}),
    files: named.filter((name) => parts.some((one) => one.files.includes(name) || written(one).includes(name))),
    followers: (task.followers ?? []).map((one) => called(names, one).name),
  };
}

/** As many of each state as a page beside the chat shows. */
const MOST_TASKS = 200;

/** Those that are not done, and the newest of the others. */
async function tasksShown(read: Reader, pod: string): Promise<TaskDoc[]> {
  const found = await Promise.all([
    ...ACTIVE.map((state) => read.find(TASKS, { where: { pod, state }, sort: [['number', 'asc']], limit: MOST_TASKS })),
    ...(['done', 'dropped'] as const).map((state) =>
      read.find(TASKS, { where: { pod, state }, sort: [['number', 'desc']], limit: MOST_TASKS }),
    ),
  ]);
  return found.flat().filter((task) => !task.erased);
}

/** Returns the sources of the tasks that are shown, by task id: who made the task and when, its text, and its thread. */
export async function sourcesOf(read: Reader, pod: string): Promise<Record<string, object>> {
  const tasks = await tasksShown(read, pod);
  const conversations = await Promise.all(
    tasks.map((task) => (task.conversation ? read.get(CONVERSATIONS, task.conversation) : undefined)),
  );
  const [names, texts] = await Promise.all([
    namesOfAll(
      read,
      tasks.map((task) => task.createdBy),
    ),
    read.texts(tasks.map((task) => task.body)),
  ]);
  const all = tasks.map((task, n) => {
    const place = conversations[n]?.place;
    const text = texts.get(task.body ?? '');
    const thread = place?.kind === 'slack' ? place.thread : undefined;
    return [
      task.id,
      {
        by: called(names, task.createdBy).name,
        at: minute(task.createdAt),
        ...(text ? { text } : {}),
        ...(thread ? { thread } : {}),
        ...(conversations[n]?.mail ? { mail: true } : {}),
        ...(conversations[n] ? { conversation: conversations[n].id } : {}),
      },
    ] as const;
  });
  return Object.fromEntries(all);
}
