// Lists the mail addresses of pods and agents, for a page beside the chat.
import { formatAddress, type MailHome } from '../../email/address.ts';
import type { Reader } from '../../log/action.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { ORG } from '../../pods/members/rights.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';

export interface ListedAgent {
  handle: string;
  name: string;
  emoji?: string;
  mail?: string;
}

/**
 * Lists the agents with their addresses. `home`: the domain and form of Skein's mail addresses; absent if mail is not
 * configured.
 */
export async function listedAgents(read: Reader, home: MailHome | undefined): Promise<ListedAgent[]> {
  const agents = await read.find(AGENTS, { where: { pod: ORG }, sort: [['id', 'asc']] });
  return agents.map(({ handle, name, avatar }) => ({
    handle,
    name,
    ...(avatar.emoji ? { emoji: avatar.emoji } : {}),
    ...(home ? { mail: formatAddress(home, { kind: 'pod', slug: handle }) } : {}),
  }));
}

export async function addressOf(read: Reader, home: MailHome | undefined, pod: string): Promise<string | undefined> {
  const [address] = home ? await read.find(ADDRESSES, { where: { of: pod }, limit: 1 }) : [];
  return home && address && formatAddress(home, { kind: 'pod', slug: address.slug });
}
