// Takes a person out of a pod whose mail they answer with “leave” alone, or whose invitation with “stop”.
import { loneLine } from '../../email/quotes/lone-line.ts';
import { ownIdsIn } from '../../email/thread.ts';
import { UserFacingError } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import { inviteThread } from '../../pods/members/invites.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import { enter } from '../enter.ts';
import { refusalByMail } from '../typed-refusal.ts';
import type { MailContext, Proved } from './context.ts';
import { answeredBy, isIn } from './destinations.ts';
import { keyOf } from './origin.ts';
import { mayBeAnswer } from './queries/scope.ts';

/** The word, which “help” shows. */
export const LEAVE = 'leave';

/** Returns false if the mail says something else, or answers no mail of a pod that its author is in. */
export async function leavePod(mail: MailContext, arrived: Proved): Promise<boolean> {
  const { mail: read, author, at, answer } = arrived;
  const word = loneLine(read)?.toLowerCase();
  if (!answer || !word || ![LEAVE, 'stop', 'unsubscribe'].includes(word)) return false;
  const pod = (await invitedTo(mail, arrived)) ?? (word === LEAVE ? await podOfMail(mail, arrived) : undefined);
  if (!pod) return false;
  const person = author.id as PersonId;
  const key = `leave:${keyOf(arrived)}`;
  const { fill } = mail.texts;
  let text = fill('mail-invitation', 'left', { pod: pod.name });
  try {
    const input = { who: author.id };
    await enter(mail, { as: author, pod, via: 'email', action: 'remove_member', input, key });
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    // A person who is not in it is told nothing about the pod.
    if (!(await isIn(mail, pod, author))) return false;
    text = fill('mail-invitation', 'not-left', { pod: pod.name, reason: refusalByMail(error) });
  }
  await mail.answer({ person, mail: read, at, text }, `${key}:${person}`);
  return true;
}

/** Returns the pod whose invitation the author answers. The invitation of another person moves nobody. */
async function invitedTo({ read, home }: MailContext, { mail, author }: Proved): Promise<PodDoc | undefined> {
  const person = author.id as PersonId;
  const id = ownIdsIn(mail, home.domain).find(({ pod, thread }) => thread === inviteThread(pod, person));
  return id && read.get(PODS, id.pod);
}

/** Returns the pod whose conversation the mail answers, unless somebody there waits for the author's words. */
async function podOfMail(mail: MailContext, arrived: Proved): Promise<PodDoc | undefined> {
  const answered = await answeredBy(mail, arrived.mail);
  if (!answered?.conversation || answered.need) return undefined;
  const { pod, conversation } = answered;
  return (await mayBeAnswer(mail, arrived, { pods: [pod], conversation })) ? undefined : pod;
}
