// Finds or makes the pod of a mail thread: the room of an agent that is written to beside other people.

import type { Mail } from '../../../email/mail.ts';
import { readSubject } from '../../../email/quotes/subject.ts';
import { Conflict, NotAllowed } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { mailKey, threadPodId } from '../../../log/place.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import { cleanTitle } from '../../../pods/people/names.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { PODS, type PodDoc } from '../../../pods/pod/pod.ts';
import { enter } from '../../enter.ts';
import type { Destination, MailContext } from '../context.ts';
import { contentOf } from '../origin.ts';
import { peopleIn } from '../recipients.ts';

/** A mail to an agent's own address, as far as a thread is found by it. */
export type OnThread = Mail;

/** The most members that come into the pod of a thread with its mails. */
export const MOST_PEOPLE = 50;
/** The most ids of a mail by which its thread is looked for: the first and the newest. */
const MOST_IDS = 10;
const NAME_CHARS = 80;

/**
 * Returns the pod of the thread that the mail continues, by the ids of other people's mails. A pod that the author is
 * in comes first. Never looks at the subject.
 */
export async function threadPod(
  mail: MailContext,
  read: OnThread,
  author: PersonDoc | undefined,
): Promise<Destination | undefined> {
  const refs = refersTo(read);
  const people = [...new Set([...(author ? [author.id] : []), ...(await peopleIn(mail, read))])];
  const ids = people.flatMap((one) => candidateIds(read, refs, one));
  const found = ids.length ? await mail.read.find(PODS, { where: { id: { in: ids } }, limit: MOST_FOUND }) : [];
  const members = await Promise.all(
    found.map((pod) => author && mail.read.get(MEMBERS, memberId(pod.id, author.id as PersonId))),
  );
  const pod = found.find((_, n) => members[n]?.state === 'in') ?? found[0];
  if (!pod) return undefined;
  const conversation = await conversationIn(mail, pod, refs);
  // Another mail with an id that was used before is no part of that thread: its readers may be others.
  if (!refs.length && author && conversation && !(await mayBeIts(mail, pod, read, author))) return undefined;
  return { pod, ...(conversation ? { conversation } : {}) };
}

const MOST_FOUND = 100;

function candidateIds(read: OnThread, refs: readonly string[], starter: string): string[] {
  const own = read.messageId ? [read.messageId] : [];
  return [...refs, ...own].map((id) => threadPodId(starter, id)).concat(own.map((id) => idApart(read, starter, id)));
}

function idApart(read: OnThread, starter: string, id: string): string {
  return threadPodId(starter, id, contentOf(read));
}

function refersTo({ references, inReplyTo }: Pick<Mail, 'references' | 'inReplyTo'>): string[] {
  const all = [...new Set([...references, ...inReplyTo])];
  return all.length <= MOST_IDS ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_IDS)];
}

/** Returns the conversation in which one of the ids stands, or the newest: a thread has one. */
async function conversationIn(
  { read }: MailContext,
  pod: PodDoc,
  refs: readonly string[],
): Promise<ConversationDoc | undefined> {
  const places = { in: refs.map(mailKey) };
  const [message] = refs.length ? await read.find(MESSAGES, { where: { pod: pod.id, places }, limit: 1 }) : [];
  if (message) return read.get(CONVERSATIONS, message.conversation);
  const [newest] = await read.find(CONVERSATIONS, { where: { pod: pod.id }, sort: [['lastAt', 'desc']], limit: 1 });
  return newest;
}

/** True for a copy of a mail that the pod has, and for the first mail of a thread that came after its answers. */
async function mayBeIts({ read }: MailContext, pod: PodDoc, mail: OnThread, { id }: PersonDoc): Promise<boolean> {
  const places = mailKey(mail.messageId ?? '');
  const alike = await read.find(MESSAGES, { where: { pod: pod.id, places }, limit: 200 });
  const theirs = alike.filter(({ by }) => by === id);
  if (!theirs.length) return true;
  const commits = await Promise.all(theirs.map(({ posted }) => read.commits(pod.id, posted, posted)));
  return commits.flat().some(({ key }) => key.includes(contentOf(mail)));
}

/**
 * Makes the pod of a thread, with the author as its owner and the people on the mail as members. Undefined if the
 * author may make no pod.
 */
export async function openThreadPod(
  mail: MailContext,
  read: OnThread,
  author: PersonDoc,
  agents: readonly string[],
): Promise<PodDoc | undefined> {
  const first = refersTo(read)[0] ?? read.messageId;
  if (!first) return undefined;
  const taken = await mail.read.get(PODS, threadPodId(author.id, first));
  const id = taken ? idApart(read, author.id, first) : threadPodId(author.id, first);
  const people = (await peopleIn(mail, read)).filter((one) => one !== author.id);
  try {
    await enter(mail, {
      as: author,
      pod: { id },
      via: 'email',
      action: 'create_pod',
      input: { name: nameOf(read.subject), agents, members: people.slice(0, MOST_PEOPLE) },
      key: 'thread',
      origin: { kind: 'email', messageId: '', thread: true },
    });
  } catch (error) {
    // A guest of the organisation may make no pod. A Conflict: it was made at an earlier attempt.
    if (error instanceof NotAllowed) return undefined;
    if (!(error instanceof Conflict)) throw error;
  }
  return mail.read.get(PODS, id);
}

/** Returns the subject as a name: one line, without signs that are taken for markup. */
function nameOf(subject: string): string {
  const title = cleanTitle(readSubject(subject).title).replace(/[<>]/g, ' ').replace(/\s+/g, ' ').trim();
  return (
    title
      .slice(0, NAME_CHARS)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim() || '(no subject)'
  );
}
