// Collects the texts that a reply may quote: the messages of the conversation, and the fixed words of Skein's mails.
import { parseAddress } from '../../email/address.ts';
import { type Known, knownWords, wordsOf } from '../../email/quotes/known-words.ts';
import { linesOf } from '../../email/quotes/lines.ts';
import { OUR_JOINTS, OUR_WORDS } from '../../email/quotes/our-words.ts';
import { shownText } from '../../email/quotes/split-mail.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { Place } from '../../log/place.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { shownDate, shownDay } from '../../pods/local-time.ts';
import { inWords } from '../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { called, namesOfAll, peopleOf, presentIn } from '../../pods/people/directory.ts';
import { excerpt } from '../../pods/search/excerpt.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Going } from './commands/happened.ts';
import type { MailContext } from './context.ts';

/** The most messages that are compared with a reply. Replies mostly quote recent ones. */
const MOST_MESSAGES = 300;
const MOST_TASKS = 100;
const MOST_CHARS = 2_000_000;
const MOST_MAILS = 20;

/**
 * Returns the texts that a reply in this conversation may quote. `mails`: include the original mails, whose signatures
 * are in no message.
 */
export async function knownIn(mail: MailContext, { pod, conversation }: Going, mails: boolean): Promise<Known> {
  const { read, home } = mail;
  const where = { conversation: conversation.id };
  const messages = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: MOST_MESSAGES });
  const tasks = await read.find(TASKS, { where, limit: MOST_TASKS });
  const [found, raw, people] = await Promise.all([
    textsOf(mail, [conversation.titleRef, ...tasks.flatMap(bodiesOf)], messages),
    mails ? mailsOf(mail, pod.id, messages) : { texts: [], addresses: [] },
    peopleIn(mail, pod.id, messages, tasks),
  ]);
  const parts = messages.map((one) => partsOf(one, found));
  // Some of Skein's mails show a message with its notes, others without. A reply may quote either form.
  const shown = parts.map((one) => inWords(one, one.mail?.agent && people.nameOf(one.mail.agent)));
  const texts = [...found.values(), ...parts.map(({ words }) => words), ...shown];
  const all = upTo(MOST_CHARS, [...texts, ...texts.flatMap((text) => inOurWords(mail.texts, text)), ...raw.texts]);
  const files = parts.flatMap((one) => one.files);
  const written = new Set(all.flatMap((text) => text.toLowerCase().match(ADDRESS) ?? []));
  const ours = [
    ...wordsAround(mail.texts),
    ...readerCounts(mail.texts, people.present, pod.name),
    ...tasks.flatMap((task) => dayWords(mail.texts, task)),
  ];
  const words = knownWords(
    [...OUR_WORDS, ...ours, ...all],
    [
      ...OUR_JOINTS,
      ...ours.filter(isJoint),
      pod.name,
      ...tasks.flatMap(({ number, due }) => [`${number}`, ...(due ? [shownDay(due)] : [])]),
      ...people.names,
      ...files,
      ...raw.addresses,
    ],
  );
  return {
    ...words,
    isName: (word) => words.isName(word) || leadsThere(conversation.place, word),
    knowsAuthor: (address) =>
      people.addresses.has(address) || written.has(address) || parseAddress(home, address) !== undefined,
  };
}

/**
 * True for a link to the conversation's channel. `word` is in lower case, because all words are compared in lower case.
 */
function leadsThere(place: Place, word: string): boolean {
  return (
    place.kind === 'slack' &&
    /^https:\/\/[a-z0-9.-]+\.slack\.com\/archives\//.test(word) &&
    word.includes(`/archives/${place.channel.toLowerCase()}/p`)
  );
}

const ADDRESS = /[^\s@<>()[\]"',;:]{1,100}@[^\s@<>()[\]"',;:]{1,200}/gu;

const bodiesOf = ({ titleRef, body }: TaskDoc) => [titleRef || undefined, body];

async function textsOf({ read }: MailContext, more: Parameters<typeof read.texts>[0], messages: MessageDoc[]) {
  return read.texts([...messages.flatMap((one) => [...partRefs(one), one.brought]), ...more]);
}

/** Returns the two forms in which an acknowledgement contains a title or a first line. */
function inOurWords({ fill }: Texts, text: string): string[] {
  const [line = ''] = text.split('\n').filter((one) => one.trim());
  const short = excerpt(line.slice(0, 10_000).replace(/[*~_]+/g, ''), '', OUR_EXCERPT);
  return [
    fill('acknowledgement', 'lead', { title: line.slice(0, 500) }),
    fill('acknowledgement', 'lead-by-other', { title: line.slice(0, 500) }),
    fill('acknowledgement', 'lead-joined', { title: line.slice(0, 500) }),
    fill('acknowledgement', 'wish', { words: short }),
  ];
}

const OUR_EXCERPT = 200;

/**
 * Returns the fixed texts of Skein's mails, including changes that this team made. `OUR_WORDS` are the shipped texts.
 */
function wordsAround(texts: Texts): string[] {
  return [...texts.words('acknowledgement'), ...texts.words('mail-frame'), ...texts.words('notice')];
}

/** Returns the sentences about the number of readers. The pod may have had more of them when the mail went out. */
function readerCounts({ fill }: Texts, present: number, pod: string): string[] {
  return Array.from({ length: present + MOST_GONE }, (_, count) =>
    fill('acknowledgement', 'readers-many', { count: count + 1, pod }),
  );
}

const MOST_GONE = 20;

/** Returns the sentences that may have proposed a due day for the task. */
function dayWords({ fill }: Texts, { proposed }: TaskDoc): string[] {
  if (!proposed) return [];
  const { day: date, also: other } = proposed;
  const day = shownDate(date);
  if (other) return [fill('acknowledgement', 'days', { day, date, other, also: shownDate(other) })];
  return [fill('acknowledgement', 'day', { day }), fill('acknowledgement', 'day-answered', { day, date })];
}

/** True for a text of fewer than three words, as “, for”: too short to be recognised in a reply. */
const isJoint = (words: string) => wordsOf(words).length < 3;

/** Returns the visible text and the recipients of the original mails. */
async function mailsOf({ read, reader }: MailContext, pod: string, messages: MessageDoc[]) {
  const texts: string[] = [];
  const addresses: string[] = [];
  for (const raw of messages.flatMap((one) => one.raw ?? []).slice(0, MOST_MAILS)) {
    const bytes = await read.blob(pod, raw);
    const mail = bytes && (await reader.read(bytes));
    if (mail?.kind !== 'mail') continue;
    texts.push(mail.text, shownText(linesOf(mail)));
    addresses.push(...[...mail.to, ...mail.cc].map(({ address }) => address));
  }
  return { texts, addresses };
}

async function peopleIn({ read }: MailContext, pod: string, messages: MessageDoc[], tasks: TaskDoc[]) {
  const ids: ParticipantId[] = [
    ...messages.flatMap(({ by, mail }) => [by, ...(mail?.agent ? [mail.agent] : [])]),
    ...tasks.flatMap(({ assignee, followers = [] }) => [...(assignee ? [assignee] : []), ...followers]),
  ];
  const [names, docs, present] = await Promise.all([namesOfAll(read, ids), peopleOf(read, ids), presentIn(read, pod)]);
  const accounts = docs.flatMap((one) => [
    one.email ?? '',
    ...one.accounts.map((account) => account.replace(/^mail:/, '')),
  ]);
  return {
    present: present.length,
    nameOf: (id: ParticipantId) => called(names, id).name,
    names: ['Skein', ...ids.map((one) => called(names, one).name), ...present.map(({ name }) => name)],
    addresses: new Set(accounts.map((address) => address.toLowerCase())),
  };
}

function upTo(most: number, texts: readonly string[]): string[] {
  let left = most;
  return texts.flatMap((text) => {
    const kept = text.slice(0, Math.max(0, left));
    left -= kept.length;
    return kept ? [kept] : [];
  });
}
