// A new mail of a guest to a pod. A guest may write in conversations, and make no task, so an owner decides about it.
import type { Mail } from '../../../email/mail.ts';
import type { PersonId } from '../../../log/participant.ts';
import { rightsOf } from '../../../pods/members/rights.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';
import { quarantine } from './quarantine.ts';

/**
 * Puts the mail into quarantine and tells the guest so. Returns false if the author may write it: they are no guest, or
 * it makes no task.
 */
export async function guestWaits(mail: MailContext, arrived: Proved, to: Destination): Promise<boolean> {
  const { author, answer, at } = arrived;
  const { pod } = to;
  if (pod.direct || pod.mailThread) return false;
  const person = author.id as PersonId;
  if (!(await isGuest(mail, pod.id, person))) return false;
  const kept = await quarantine(
    mail,
    arrived,
    to,
    `Its sender, ${author.name}, is a guest of ${pod.name}, and a guest’s mail becomes a task by an owner’s word only.`,
  );
  if (!answer) return true;
  const text = mail.texts.fill('mail-refused', kept === 'whole' ? 'guest-waits' : 'guest-head-waits', {
    pod: pod.name,
  });
  await mail.answer({ person, mail: arrived.mail, at, text }, `told:${keyOf(arrived)}:${pod.id}`);
  return true;
}

/** Returns the guest who wrote an accepted mail: they hear what becomes of it. Empty for anybody else's mail. */
export async function guestWhoWrote(mail: MailContext, pod: string, { from }: Pick<Mail, 'from'>): Promise<PersonId[]> {
  if (from.kind !== 'mailbox') return [];
  const people = await mail.read.find(PEOPLE, { where: { accounts: `mail:${from.address.toLowerCase()}` } });
  const ids = people.filter(({ state }) => state === 'in').map(({ id }) => id as PersonId);
  const [id, another] = ids;
  return id && !another && (await isGuest(mail, pod, id)) ? [id] : [];
}

async function isGuest({ read }: MailContext, pod: string, person: PersonId): Promise<boolean> {
  return (await rightsOf(read, { pod, actor: person }, 'write')).role === 'guest';
}
