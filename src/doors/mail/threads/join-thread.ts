// Lets the people on a member's mail into the pod of its thread, and offers the others to its owner.
import { unlinked } from '../../../digest/quiet.ts';
import { strangersIn } from '../../../email/strangers.ts';
import { NotAllowed, UserFacingError } from '../../../errors.ts';
import { sha256 } from '../../../log/ids.ts';
import { type AgentId, isPerson, type PersonId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { MEMBERS, type MemberDoc, memberId } from '../../../pods/members/member.ts';
import { peopleOf } from '../../../pods/people/directory.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { enter } from '../../enter.ts';
import type { MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';
import { agentsIn, peopleIn } from '../recipients.ts';
import { MOST_PEOPLE } from './thread-pod.ts';

/** The most addresses that one offer names. */
const MOST_OFFERED = 20;

/**
 * Adds the people of the organisation and the agents whom the mail names, as an act of its author. Whoever was in the
 * pod and is not any longer comes back by an owner's word only.
 */
export async function joinThread(mail: MailContext, arrived: Proved, pod: PodDoc): Promise<void> {
  const people = await peopleIn(mail, arrived.mail);
  const agents = await agentsIn(mail, arrived.mail);
  const all: (PersonId | AgentId)[] = [...people, ...agents];
  const docs = await Promise.all(all.map((one) => mail.read.get(MEMBERS, memberId(pod.id, one))));
  const fresh = all.filter((_, n) => !docs[n]);
  if (!fresh.length) return;
  let room = MOST_PEOPLE - (await peopleWithin(mail, pod.id));
  for (const who of fresh) {
    if (isPerson(who) && room-- <= 0) continue;
    await join(mail, arrived, pod, who);
  }
}

async function join(mail: MailContext, arrived: Proved, pod: PodDoc, who: PersonId | AgentId): Promise<void> {
  try {
    await enter(mail, {
      ...{ as: arrived.author, pod, via: 'email', action: 'add_member', input: { who } },
      key: `joins:${keyOf(arrived)}:${who}`,
      origin: { kind: 'email', messageId: '', thread: true },
    });
  } catch (error) {
    // A guest may add nobody. The offer to the owner names whoever is on the mail and not in the pod.
    if (!(error instanceof UserFacingError)) throw error;
    const level = error instanceof NotAllowed ? 'not allowed' : 'refused';
    mail.logger.info('nobody joined a mail thread', { pod: pod.id, level });
  }
}

async function peopleWithin({ read }: MailContext, pod: string): Promise<number> {
  const members = await read.find(MEMBERS, { where: { pod } });
  return members.filter(isIn).filter(({ who }) => isPerson(who)).length;
}

const isIn = ({ state }: MemberDoc) => state === 'in';

/**
 * Tells an owner once who is on the thread and not in its pod, and how to let them in. They themselves hear nothing.
 */
export async function offerStrangers(mail: MailContext, arrived: Proved, pod: PodDoc): Promise<void> {
  const { mail: read, at } = arrived;
  const members = (await mail.read.find(MEMBERS, { where: { pod: pod.id } })).filter(isIn);
  const people = await peopleOf(
    mail.read,
    members.map(({ who }) => who),
  );
  const known = people.flatMap(({ email = '', accounts }) => [
    email,
    ...accounts.map((account) => account.replace(/^mail:/, '')),
  ]);
  const strangers = strangersIn(read, mail.home, known).toSorted();
  const owner = members.find(({ who, role }) => role === 'owner' && isPerson(who))?.who;
  if (!strangers.length || !owner || !isPerson(owner)) return;
  const [conversation] = await mail.read.find(CONVERSATIONS, {
    ...{ where: { pod: pod.id }, sort: [['lastAt', 'desc']], limit: 1 },
  });
  if (!conversation) return;
  const thread = { pod: pod.id, thread: conversation.id };
  const to = await mail.replyAddress(thread);
  const { fill } = mail.texts;
  const admits = (address: string) => `mailto:${to}?body=${encodeURIComponent(`admit ${address}`)}`;
  const shown = strangers
    .slice(0, MOST_OFFERED)
    .map((address) => fill('mail-thread', 'stranger', { address: unlinked(address, 100), url: admits(address) }));
  const more = strangers.length - shown.length;
  const lines = [...shown, ...(more ? [fill('mail-thread', 'more', { count: more })] : [])];
  const text = fill('mail-thread', 'strangers', {
    ...{ pod: pod.name, address: strangers[0] ?? '' },
    people: people.map(({ name }) => name).join(', '),
    addresses: lines.map((line) => `- ${line}`).join('\n'),
  });
  const key = `strangers:${pod.id}:${sha256(strangers.join(' '))}`;
  await mail.answer({ person: owner, mail: read, at, text, thread }, key);
}
