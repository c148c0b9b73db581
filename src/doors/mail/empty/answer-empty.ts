// Answers a mail that says nothing: no text, no file, no mail of others, and no subject of its own. It becomes no task.
import type { Mail } from '../../../email/mail.ts';
import { invitesIn } from '../../../email/parse/calendar.ts';
import type { Split } from '../../../email/quotes/split-mail.ts';
import { readSubject } from '../../../email/quotes/subject.ts';
import { keepIgnored } from '../../../inbox/ignored-mails.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';
import { notesOf } from '../texts.ts';

/**
 * A subject of the sender's own may say all that they want. One that names another mail says nothing without that mail. What could not
 * be read is no empty mail.
 */
export function isEmpty(read: Mail, { written, outside }: Pick<Split, 'written' | 'outside'>): boolean {
  const { title, forward, reply } = readSubject(read.subject);
  const brings = [outside, read.forwarded, read.attachments, invitesIn(read), notesOf(read)].some((all) => all.length);
  return !brings && written.trim() === '' && (title === '' || forward || reply);
}

/** It is listed among the ignored mails, and its sender reads what they can write. `reply`: it answers a mail of the pod. */
export async function answerEmpty(
  mail: MailContext,
  arrived: Proved,
  { pod }: Pick<Destination, 'pod'>,
  reply: boolean,
): Promise<void> {
  const { mail: read, author, answer, at } = arrived;
  const reason = reply ? 'It answers a mail and says nothing.' : 'It says nothing.';
  await keepIgnored(mail.ignored, `empty:${arrived.hash}`, read, at, reason);
  if (!answer) return;
  const text = mail.texts.fill('mail-refused', reply ? 'empty-reply' : 'empty', { pod: pod.name });
  await mail.answer({ person: author.id as PersonId, mail: read, at, text }, `empty:${keyOf(arrived)}:${pod.id}`);
}
