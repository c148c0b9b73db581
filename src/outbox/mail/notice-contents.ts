// Reads for a notice by mail what it shows of the thing that it is about: its title, the words, the text, the lines of a conflict.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { FILES } from '../../pods/files/file.ts';
import { shownTo } from '../../pods/mail/message-parts.ts';
import { type NeedDoc, taskOfItem } from '../../pods/needs/need.ts';
import { TASKS } from '../../pods/tasks/task.ts';
import type { Texts } from '../../texts/texts.ts';
import { conflictFacts, differenceLine } from '../files/conflict-facts.ts';

const SUBJECT_CHARS = 120;
const WORDS_CHARS = 6_000;

/** Returns the title of the item's task, or else of its thread. */
export async function titleOf(read: Reader, item: NeedDoc): Promise<string | undefined> {
  const id = taskOfItem(item);
  const task = id ? await read.get(TASKS, id) : undefined;
  const thread = task || !item.conversation ? undefined : await read.get(CONVERSATIONS, item.conversation);
  const ref = task?.titleRef || thread?.titleRef;
  const title = ref && (await read.texts([ref])).get(ref);
  return title ? quiet(title, SUBJECT_CHARS) : undefined;
}

/** Returns the words of the message, as they are shown. */
export async function saidIn(read: Reader, id: string | undefined): Promise<string | undefined> {
  const message = id ? await read.get(MESSAGES, id) : undefined;
  if (!message || message.erased) return undefined;
  return (await shownTo(read, message))?.text.slice(0, WORDS_CHARS) || undefined;
}

/** Returns the task's text as a quote. */
export async function descriptionOf(read: Reader, { about: { on, id }, reason }: NeedDoc): Promise<string[]> {
  if ((on !== 'tasks' && reason !== 'review') || reason === 'rescheduled') return [];
  const task = await read.get(TASKS, id);
  const text = task?.body && (await read.texts([task.body])).get(task.body);
  return text ? [asQuote(text)] : [];
}

/** The lines in which an upload and the newer version differ. */
export async function conflictIn({ read, texts }: { read: Reader; texts: Texts }, item: NeedDoc): Promise<string[]> {
  const file = item.reason === 'conflict' ? await read.get(FILES, item.about.id) : undefined;
  const facts = file?.conflict && (await conflictFacts(read, file.conflict.copy));
  if (!facts || facts.settled) return [];
  const { lines, note = '' } = facts.changes;
  return lines ? [differenceLine(texts, facts), fenced(lines)] : [note];
}

/** Literal, also if the lines have fences of their own. */
function fenced(lines: string): string {
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${lines}\n${fence}`;
}

/** Quotes as much of a text as a notice shows. */
export function asQuote(text: string): string {
  return text
    .slice(0, WORDS_CHARS)
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
