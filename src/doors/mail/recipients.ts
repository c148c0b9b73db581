// Finds participants among the other recipients of a mail: people of the organisation, members, and an agent that is
// addressed alone.

import { parseAddress } from '../../email/address.ts';
import type { Mail } from '../../email/mail.ts';
import { type AgentId, isPerson, type PersonId } from '../../log/participant.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import type { MailContext } from './context.ts';

type Recipients = Pick<Mail, 'to' | 'cc'>;

/** The most recipients that are looked up. */
const MOST = 100;

/** Returns the people of the organisation among the recipients. */
export async function peopleIn({ read }: MailContext, { to, cc }: Recipients): Promise<PersonId[]> {
  const accounts = [...new Set([...to, ...cc].map(({ address }) => `mail:${address}`))].slice(0, MOST);
  if (!accounts.length) return [];
  const people = await read.find(PEOPLE, { where: { accounts: { in: accounts } } });
  return people
    .filter(({ state }) => state === 'in')
    .map(({ id }) => id)
    .filter(isPerson);
}

export async function membersIn(mail: MailContext, pod: string, recipients: Recipients): Promise<PersonId[]> {
  const people = await peopleIn(mail, recipients);
  const members = await Promise.all(people.map((one) => mail.read.get(MEMBERS, memberId(pod, one))));
  return people.filter((_, n) => members[n]?.state === 'in');
}

/**
 * Returns the agent that is the only recipient in To. Undefined if To contains a person too. An agent in Cc is not
 * asked.
 */
export async function askedAlone(mail: MailContext, pod: string, { to }: Recipients): Promise<AgentId | undefined> {
  const [first, ...more] = to.map(({ address }) => parseAddress(mail.home, address));
  if (first?.kind !== 'pod' || !first.handle || more.some((one) => one === undefined)) return undefined;
  const agent: AgentId = `agent:${first.handle}`;
  const member = await mail.read.get(MEMBERS, memberId(pod, agent));
  return member?.state === 'in' ? agent : undefined;
}
