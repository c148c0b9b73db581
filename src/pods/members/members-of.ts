// Reads members of a pod by index, so that a large pod costs no more than a small one.
import type { Reader } from '../../log/action.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { MEMBERS, type MemberDoc } from './member.ts';

/** A pod with more members is not read whole: it is shown in part, and page by page. */
export const READ_WHOLE = 200;

/** The most owners and the most agents of one pod that are read. */
const MOST_OWNERS = 100;
const MOST_AGENTS = 100;

const PAGE = 20;

type Find = Pick<Reader, 'find'>;

export function ownerDocs(read: Find, pod: string): Promise<MemberDoc[]> {
  return read.find(MEMBERS, { where: { pod, state: 'in', role: 'owner' }, limit: MOST_OWNERS });
}

/** Returns the people who own the pod. */
export async function ownersIn(read: Find, pod: string): Promise<PersonId[]> {
  return (await ownerDocs(read, pod)).map(({ who }) => who).filter(isPerson);
}

export async function agentDocs(read: Find, pod: string): Promise<MemberDoc[]> {
  const who = { gte: 'agent:', lt: 'agent;' };
  return read.find(MEMBERS, { where: { pod, state: 'in', who }, sort: [['who', 'asc']], limit: MOST_AGENTS });
}

export async function agentsIn(read: Find, pod: string): Promise<AgentId[]> {
  return (await agentDocs(read, pod)).map(({ who }) => who).filter(isAgent);
}

/** Returns up to so many members, those who have been there longest first. `after`: the last one of the page before. */
export function membersPage(read: Find, pod: string, limit: number, after?: MemberDoc): Promise<MemberDoc[]> {
  const where = { pod, state: 'in' } as const;
  return read.find(MEMBERS, { where, sort: [['since', 'asc']], limit, ...(after ? { after } : {}) });
}

/** Returns the person who has been in the pod longest, beside one who leaves. */
export async function longestIn(read: Find, pod: string, but: ParticipantId): Promise<MemberDoc | undefined> {
  let page = await membersPage(read, pod, PAGE);
  for (;;) {
    const found = page.find(({ who }) => isPerson(who) && who !== but);
    if (found || page.length < PAGE) return found;
    page = await membersPage(read, pod, PAGE, page.at(-1));
  }
}
