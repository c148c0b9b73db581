// Counts how many messages each author wrote in each thread, and reads the last messages of the threads that are shown.

import type { Reader } from '../log/action.ts';
import type { Commit } from '../log/commit.ts';
import type { Named, ParticipantId } from '../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../pods/conversations/message.ts';
import { changesOf } from '../pods/kinds.ts';
import { ownWords } from '../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../pods/mail/message-parts.ts';
import { namesOfAll } from '../pods/people/directory.ts';
import { excerpt } from '../pods/search/excerpt.ts';
import type { PodNews, Thread } from './facts.ts';
import { grouped } from './grouped.ts';
import { quiet } from './quiet.ts';

const MOST_THREADS = 3;
/** The most messages of a thread that the model gets. */
const MOST_MESSAGES = 6;
const LABEL_CHARS = 50;

interface ThreadMessage {
  message: string;
  conversation: string;
  by: ParticipantId;
}

/** The messages that others wrote in a range of a log. All are counted, and some will be read. */
export interface Talk {
  messages: number;
  /** The authors, the most active first. */
  by: ParticipantId[];
  threads: { id: string; messages: number; first: string; last: string[] }[];
}

/** Counts the messages, and selects those to read. Pure. */
export function planTalk(commits: readonly Commit[], reader: ParticipantId, withWords: boolean): Talk {
  const said = commits.flatMap((commit) =>
    changesOf(commit).flatMap((change): ThreadMessage[] =>
      change.type === 'message_posted' && change.by !== reader && change.by !== 'skein' && !isNotice(commit, change)
        ? [{ message: change.id, conversation: change.conversation, by: change.by }]
        : [],
    ),
  );
  const most = <K>([, a]: [K, ThreadMessage[]], [, b]: [K, ThreadMessage[]]) => b.length - a.length;
  const threads = grouped(said, ({ conversation }) => conversation)
    .sort(most)
    .slice(0, MOST_THREADS);
  return {
    messages: said.length,
    by: grouped(said, ({ by }) => by)
      .sort(most)
      .map(([by]) => by),
    threads: threads.map(([id, all]) => ({
      id,
      messages: all.length,
      first: all[0]?.message ?? '',
      last: withWords ? all.slice(-MOST_MESSAGES).map(({ message }) => message) : [],
    })),
  };
}

/** A notice, such as that an agent failed, is no message of the conversation. */
function isNotice(commit: Commit, { conversation }: { conversation: string }): boolean {
  return changesOf(commit).some((one) => one.type === 'message_added' && one.id === conversation && one.aside);
}

export interface Words {
  docs: ReadonlyMap<string, MessageDoc>;
  texts: ReadonlyMap<string, string>;
  names: ReadonlyMap<ParticipantId, Named>;
}

/** Reads the selected messages as they are now: the new text of edited messages, and no erased messages. */
export async function readWords(read: Reader, talks: readonly Talk[]): Promise<Words> {
  const threads = talks.flatMap((talk) => talk.threads);
  const wanted = [...new Set(threads.flatMap(({ first, last }) => [first, ...last]))];
  const [found, names] = await Promise.all([
    wanted.length ? read.find(MESSAGES, { where: { id: { in: wanted } } }) : [],
    namesOfAll(
      read,
      talks.flatMap(({ by }) => by),
    ),
  ]);
  const docs = new Map(found.filter((message) => !message.erased).map((message) => [message.id, message]));
  return { docs, texts: await read.texts([...docs.values()].flatMap(partRefs)), names };
}

export interface TalkWords extends Words {
  titleOf(conversation: string): string | undefined;
  urlOf(conversation: string): string | undefined;
  nameOf(id: ParticipantId): string;
}

/** Returns the talk with names and texts. A thread's label is its title, or else the start of its text. Pure. */
export function talkOf({ messages, by, threads }: Talk, words: TalkWords): PodNews['talk'] {
  const { docs, texts, titleOf, urlOf, nameOf } = words;
  const textOf = (id: string) => {
    const doc = docs.get(id);
    return doc && texts.has(doc.body) ? ownWords(partsOf(doc, texts)) : '';
  };
  return {
    messages,
    by: by.map((id) => quiet(nameOf(id), 60)),
    threads: threads.map(({ id, messages, first, last }): Thread => {
      const url = urlOf(id);
      const said = last.flatMap((one) => {
        const doc = docs.get(one);
        return doc ? [{ by: quiet(nameOf(doc.by), 60), text: excerpt(textOf(one), '', 240) }] : [];
      });
      const label = quiet(titleOf(id) ?? textOf(first), LABEL_CHARS);
      const titled = titleOf(id) === undefined ? first : id;
      return { label, messages, said, about: [...new Set([titled, ...last])], ...(url ? { url } : {}) };
    }),
  };
}
