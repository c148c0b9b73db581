// Limits the mails of one person per hour.

import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Destination, MailContext } from './context.ts';

const HOUR_MS = 3_600_000;
/** The most mails of one person per hour. People write fewer; two machines that answer each other write more. */
export const MOST_AN_HOUR = 30;

/** True if the author has reached the limit. Replies count per conversation, new mails per pod. */
export async function tooMany(
  mail: MailContext,
  { pod, conversation }: Destination,
  author: Pick<PersonDoc, 'id'>,
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

/** Returns the keys of the author's mails that became messages since that time. */
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
  // Uses the commit's time, because the sender can choose the Date of a mail.
  const commits = await Promise.all(theirs.map(({ posted }) => read.commits(pod, posted, posted)));
  return commits.flat().flatMap(({ at, key }) => (at > since ? [key] : []));
}

/** Returns the keys of the author's mails whose commands were performed. Most of these mails became no message. */
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

/**
 * Returns the key of a command by mail. With an empty `mail`, it is the prefix of all commands of this author in the
 * conversation. `mail`: the mail's key and the command's number.
 */
export function commandKey(conversation: string, author: string, mail: string): string {
  return `command:${conversation}:${author}:${mail}`;
}
