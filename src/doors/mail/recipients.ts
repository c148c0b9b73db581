// Finds participants among the other recipients of a mail: people of the organisation, members, and an agent that is
// addressed alone.

import { addressedTo, parseAddress } from '../../email/address.ts';
import type { Mail } from '../../email/mail.ts';
import { type AgentId, isPerson, type PersonId } from '../../log/participant.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { ADDRESSES, addressId } from '../../pods/pod/address.ts';
import type { PodDoc } from '../../pods/pod/pod.ts';
import type { MailContext } from './context.ts';

type Recipients = Pick<Mail, 'to' | 'cc'>;

/** The most recipients that are looked up. */
const MOST = 500;

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

/** Returns, for the pod of a mail thread, its members in the Cc of the mail. */
export async function copiedIn(
  mail: MailContext,
  { id, mailThread }: Pick<PodDoc, 'id' | 'mailThread'>,
  { cc }: Recipients,
): Promise<{ copied?: PersonId[] }> {
  const copied = mailThread && cc.length ? await membersIn(mail, id, { to: [], cc }) : [];
  return copied.length ? { copied } : {};
}

/** Returns the agents whose own address the mail names, such as `scribe@…`. */
export async function agentsIn({ read, home }: MailContext, { to, cc }: Recipients): Promise<AgentId[]> {
  const named = addressedTo(
    home,
    [...to, ...cc].map(({ address }) => address),
  );
  const slugs = named.flatMap((one) => (one.kind === 'pod' && !one.handle ? [one.slug] : []));
  const found = await Promise.all(
    slugs.slice(0, MOST_AGENTS).map(async (slug) => {
      const [pod, agent] = await Promise.all([read.get(ADDRESSES, addressId(slug)), read.get(AGENTS, `agent:${slug}`)]);
      return pod ? undefined : agent;
    }),
  );
  return found.flatMap((agent) => (agent ? [`agent:${agent.handle}` as const] : []));
}

/** The most agents that one mail brings into a thread. */
const MOST_AGENTS = 20;

/**
 * Returns the agent that is the only recipient in To. Undefined if To contains a person too. An agent in Cc is not
 * asked.
 */
export async function askedAlone(mail: MailContext, pod: string, { to }: Recipients): Promise<AgentId | undefined> {
  const [first, ...more] = to.map(({ address }) => parseAddress(mail.home, address));
  if (first?.kind !== 'pod' || more.some((one) => one === undefined)) return undefined;
  // `scribe@…` names the agent itself, in a pod of its mail thread.
  const agent: AgentId = `agent:${first.handle ?? first.slug}`;
  const member = await mail.read.get(MEMBERS, memberId(pod, agent));
  return member?.state === 'in' ? agent : undefined;
}
