// What a session takes in of its pod: the opening facts, and messages since it last looked.
import type { Reader } from '../pods/action.ts';
import { called, namesOfAll, presentIn } from '../pods/directory.ts';
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import { shownTask } from '../pods/task-words.ts';
import type { MessageDoc } from '../pods/views/message.ts';
import type { Facts, HeardMessage } from './prompt.ts';
import type { SessionDoc } from './session.ts';

/** A new epoch opens with so many of the newest messages; older ones can be read by a tool. */
const OPENING_MESSAGES = 40;
const OPENING_NOTES = 15;
const OPENING_TASKS = 40;

export interface Heard {
  messages: HeardMessage[];
  /** The newest commit among them. */
  position: number;
  /** The person who wrote last: on whose behalf the agent works now. */
  asker?: ParticipantId;
}

/** Messages by others that came or changed after `position`; for a first look the newest of the whole conversation. */
export async function hear(read: Reader, session: SessionDoc, position: number): Promise<Heard> {
  const where = { conversation: session.conversation, seq: { gt: position } };
  const found =
    position === 0
      ? (await read.find('messages', { where, sort: [['seq', 'desc']], limit: OPENING_MESSAGES })).reverse()
      : await read.find('messages', { where, sort: [['seq', 'asc']], limit: 200 });
  // Its own words already stand in the transcript, except when an epoch begins.
  const news = found
    .filter((message) => !message.erased && (position === 0 || message.by !== session.agent))
    .sort((a, b) => a.posted - b.posted);
  const [names, texts] = await Promise.all([
    namesOfAll(
      read,
      news.map((message) => message.by),
    ),
    read.texts(news.map((message) => message.body)),
  ]);
  const asker = news.findLast((message) => isPerson(message.by))?.by;
  return {
    messages: news.map((message) => ({
      id: message.id,
      from: called(names, message.by).name,
      at: message.at,
      text: texts.get(message.body) ?? '',
      edited: isEdit(message, position),
    })),
    position: Math.max(position, ...found.map((message) => message.seq)),
    ...(asker ? { asker } : {}),
  };
}

function isEdit(message: MessageDoc, position: number): boolean {
  return message.editedAt !== undefined && position > 0 && message.posted <= position;
}

export async function gatherFacts(read: Reader, session: SessionDoc): Promise<Facts> {
  const { pod } = session;
  const [podDoc, conversation, members, tasks, notes] = await Promise.all([
    read.get('pods', pod),
    read.get('conversations', session.conversation),
    presentIn(read, pod),
    read.find('tasks', { where: { pod }, sort: [['number', 'desc']], limit: 200 }),
    read.find('notes', { where: { pod }, sort: [['posted', 'desc']], limit: OPENING_NOTES }),
  ]);
  const active = tasks.filter((task) => task.state !== 'done' && !task.erased).slice(0, OPENING_TASKS);
  const kept = notes.filter((note) => !note.erased);
  const [names, texts] = await Promise.all([
    namesOfAll(
      read,
      active.map((task) => task.assignee),
    ),
    read.texts(kept.map((note) => note.body)),
  ]);
  return {
    pod: { id: pod, name: podDoc?.name ?? pod, purpose: podDoc?.purpose ?? '', direct: podDoc?.direct ?? false },
    conversation: { id: session.conversation, ...(conversation?.title ? { title: conversation.title } : {}) },
    members: members.slice(0, 60),
    tasks: active.reverse().map((task) => shownTask(task, names)),
    notes: kept.reverse().map(({ kind, body, at }) => ({ kind, text: texts.get(body) ?? '', at })),
  };
}
