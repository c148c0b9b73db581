// Limits the mails of one person per hour.

import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Destination, MailContext } from './context.ts';

const HOUR_MS = 3_600_000;
/** People write fewer mails an hour; two machines that answer each other write more. */
export const MOST_AN_HOUR = 30;

/** Counts replies per conversation, and new mails per pod. */
export async function tooMany(
  mail: MailContext,
  { pod, conversation }: Destination,
  author: PersonDoc,
): Promise<boolean> {
  const since = mail.clock() - HOUR_MS;
  if (!conversation) return (await newOnes(mail, pod.id, author.id, since)) >= MOST_AN_HOUR;
  const [said, obeyed] = await Promise.all([
    repliesSince(mail, conversation, author.id, since),
    commandsSince(mail, conversation, author.id, since),
  ]);
  return new Set([...said, ...obeyed]).size >= MOST_AN_HOUR;
}

async function newOnes({ read }: MailContext, pod: string, startedBy: string, since: number): Promise<number> {
  const where = { pod, startedBy, startedAt: { gt: since } };
  const recent = await read.find(CONVERSATIONS, { where, sort: [['startedAt', 'desc']], limit: MOST_AN_HOUR * 10 });
  return recent.filter(({ mail }) => mail).length;
}

/** Keys of the mails that became messages. */
async function repliesSince(
  { read }: MailContext,
  { id, pod }: ConversationDoc,
  author: string,
  since: number,
): Promise<string[]> {
  const recent = await read.find(MESSAGES, {
    where: { conversation: id },
    sort: [['posted', 'desc']],
    limit: MOST_AN_HOUR * 4,
  });
  const theirs = recent.filter(({ by, raw }) => by === author && raw).slice(0, MOST_AN_HOUR);
  // Uses the commit's time: the sender chooses the Date of a mail.
  const commits = await Promise.all(theirs.map(({ posted }) => read.commits(pod, posted, posted)));
  return commits.flat().flatMap(({ at, key }) => (at > since ? [key] : []));
}

/** Keys of the mails whose commands were obeyed. Most of these mails became no message. */
async function commandsSince(
  { commits }: MailContext,
  { id, pod }: ConversationDoc,
  author: string,
  since: number,
): Promise<string[]> {
  const start = commandKey(id, author, '');
  const found = await commits.find({
    where: { pod, key: { gte: start, lt: `${start}\uffff` } },
    sort: [['key', 'asc']],
  });
  return found.filter(({ at }) => at > since).map(({ key }) => key.slice(start.length).replace(/:\d+$/, ''));
}

/** The prefix of a person's commands by mail in a conversation. `mail` is the key of the mail with the number of its command. */
export function commandKey(conversation: string, author: string, mail: string): string {
  return `command:${conversation}:${author}:${mail}`;
}
