// Answers the sender of a mail that had no effect in a pod. Only the sender gets the answer.

import { formatAddress } from '../../email/address.ts';
import type { Mail } from '../../email/mail.ts';
import { readSubject } from '../../email/quotes/subject.ts';
import type { Outgoing } from '../../email/render/compose-mail.ts';
import { renderAnswer } from '../../email/render/render-mail.ts';
import { referencesOf, replySubject, rootId } from '../../email/thread.ts';
import type { Reader } from '../../log/action.ts';
import { idOf, sha256 } from '../../log/ids.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Logger } from '../../logger.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import type { Collection } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';
import type { MailOut, MailSendingDoc } from './mail-out.ts';
import type { ReplyThread } from './reply-address.ts';

export interface ToAnswerMail {
  person: PersonId;
  mail: Pick<Mail, 'messageId' | 'references' | 'subject'>;
  /** When the mail arrived, in milliseconds since 1970. */
  at: number;
  /** The answer, in Markdown. */
  text: string;
  /** The thread to which a reply to the answer belongs. Absent if nothing may be replied. */
  thread?: ReplyThread;
  attachments?: NonNullable<Outgoing['attachments']>;
  /** The most answers to the person within the hour, if more than usual. */
  most?: number;
}

export interface AnswerDeps {
  read: Reader;
  texts: Texts;
  out: MailOut;
  sending: Collection<MailSendingDoc>;
  logger: Logger;
}

const HOUR_MS = 3_600_000;
/** The most answers to one person per hour. The limit stops loops with a machine that answers each mail. */
const MOST_AN_HOUR = 10;

/** Returns false if the person gets no answer: they have no address, or they got too many answers within the hour. */
export async function answerMail(
  { read, texts, out, sending, logger }: AnswerDeps,
  { person, mail, at, text, thread, attachments, most = MOST_AN_HOUR }: ToAnswerMail,
  what: string,
): Promise<boolean> {
  const doc = await read.get(PEOPLE, person);
  const address = doc?.email;
  if (!doc || !address) return false;
  const hour = `answer:${person}:${Math.floor(at / HOUR_MS)}:`;
  const key = hour + sha256(what).slice(0, 32);
  const sent = await sending.find({ where: { id: { gte: `mail:${hour}`, lt: `mail:${hour}~` } }, limit: most });
  if (sent.length >= most && !sent.some(({ id }) => id === `mail:${key}`)) {
    logger.info('not answered: too many within the hour', { person });
    return false;
  }
  const ids = thread
    ? { pod: thread.pod, thread: thread.thread, n: idOf('a', key) }
    : { pod: 'skein', thread: idOf('answer', key), n: '1' };
  const replyTo = thread ? { replyTo: { name: 'Skein', address: await out.replies.address(thread) } } : {};
  const { messageId: parent, references } = mail;
  const { fill } = texts;
  const foot = fill('mail-frame', 'member-foot', { name: 'Skein', pod: fill('mail-frame', 'organisation') });
  await out.sendOnce(
    key,
    ({ messageId, date }) => ({
      kind: 'reply',
      from: { name: 'Skein', address: formatAddress(out.home, { kind: 'bare' }) },
      to: [{ name: doc.name, address }],
      ...replyTo,
      subject: replySubject(readSubject(mail.subject).title),
      messageId,
      date,
      ...(parent ? { inReplyTo: parent } : {}),
      references: referencesOf(rootId(ids, out.home.domain), { references, ...(parent ? { messageId: parent } : {}) }),
      ...renderAnswer({ markdown: text, foot }),
      ...(attachments ? { attachments } : {}),
      envelopeFrom: '',
      loop: out.loop,
    }),
    ids,
  );
  return true;
}
