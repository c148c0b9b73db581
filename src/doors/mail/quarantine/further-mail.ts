// A further mail of somebody whom nobody here knows, in the thread that their first mail began. All others wait for an owner.

import type { Mail } from '../../../email/mail.ts';
import { invitesIn } from '../../../email/parse/calendar.ts';
import { readSubject } from '../../../email/quotes/subject.ts';
import { trimReply } from '../../../email/quotes/trim-reply.ts';
import { UserFacingError } from '../../../errors.ts';
import { outsideSender } from '../../../pods/mail/outside-sender.ts';
import { isSender, NOBODY_TOLD, toTellOf } from '../../../pods/mail/take-further-mail.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import type { Arrived, Destination, MailContext } from '../context.ts';
import { answeredBy, withThread } from '../destinations.ts';
import { takeFiles } from '../files.ts';
import { knownIn } from '../known-mail.ts';
import { isKnown, once } from '../once.ts';
import { keyOf, originOf } from '../origin.ts';
import { MOST_AN_HOUR, tooMany } from '../rate.ts';
import { membersIn } from '../recipients.ts';
import { cut, forwardedTexts, notesOf, OUTSIDE_CHARS } from '../texts.ts';
import type { FromOutside } from '../workflows/from-outside.ts';
import { doubtOf } from './doubt.ts';
import { outsideFrom } from './strangers-words.ts';

type Going = Destination & Required<Pick<Destination, 'conversation'>>;

/**
 * Takes the mail if its sender is proved to be whoever began the conversation that it answers. Only what the sender's
 * signature covers says which conversation that is. Skein itself writes down what came; no agent is woken by it.
 */
export async function takeFurther(mail: MailContext, arrived: Arrived, to: Destination): Promise<FromOutside> {
  const { from } = arrived.mail;
  if (!arrived.isTheirs || from.kind !== 'mailbox' || doubtOf(arrived, to)) return { kind: 'waits' };
  const going = await goingTo(mail, arrived.mail, to);
  if (!going || !isSender(await outsideSender(mail.read, going.conversation.id), from.address))
    return { kind: 'waits' };
  const whose = { pod: to.pod.id, by: 'skein' };
  if (await isKnown(mail, arrived, whose)) return { kind: 'taken' };
  // Before its files are kept: those of a mail that waits are no files of the pod.
  if (!(await toTellOf(mail.read, going.conversation)).length) return { kind: 'waits', reason: NOBODY_TOLD };
  if (await tooMany(mail, going, { id: 'skein' }))
    return { kind: 'waits', reason: `More than ${MOST_AN_HOUR} mails came in its thread within an hour.` };
  try {
    await once(mail, arrived, whose, () => join(mail, arrived, going, from.address));
    return { kind: 'taken' };
  } catch (error) {
    // Nobody is left who could hear of it, or the pod is archived.
    if (error instanceof UserFacingError) return { kind: 'waits', reason: refusalByMail(error) };
    throw error;
  }
}

/** Returns the conversation of this pod that the mail answers. */
async function goingTo(mail: MailContext, read: Mail, { pod, ...to }: Destination): Promise<Going | undefined> {
  const answered = await answeredBy(mail, read);
  const { conversation } = answered?.pod.id === pod.id ? answered : await withThread(mail, { pod }, read);
  return conversation && { ...to, pod, conversation };
}

async function join(mail: MailContext, arrived: Arrived, to: Going, from: string): Promise<void> {
  const { mail: read, at } = arrived;
  const pod = to.pod.id;
  await mail.blobs.put(pod, arrived.hash, arrived.raw);
  const reply = trimReply(read, await knownIn(mail, to, true));
  const outside = forwardedTexts([outsideFrom(read, reply.written), ...reply.outside, ...invitesIn(read)]);
  const reached = await membersIn(mail, pod, read);
  const origin = originOf(arrived, {
    ...(outside ? { outside: cut(outside, OUTSIDE_CHARS) } : {}),
    ...(reached.length ? { reached } : {}),
  });
  const key = keyOf(arrived);
  const filing = { pod, by: 'skein' as const, title: readSubject(read.subject).title, key, origin, at };
  const { names, left } = await takeFiles(mail, read, filing);
  await mail.act({
    pod,
    actor: 'skein',
    via: 'email',
    action: 'take_further_mail',
    input: { conversation: to.conversation.id, from, files: names, notes: [...notesOf(read), ...left] },
    key,
    origin,
  });
}
