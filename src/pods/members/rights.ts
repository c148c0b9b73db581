// The role of a participant in a pod, which decides what the participant may do there.
import type { Effect, Reader } from '../../log/action.ts';
import { isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { ActorRole } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import { PEOPLE } from '../people/person.ts';
import { PODS } from '../pod/pod.ts';
import { MEMBERS, memberId } from './member.ts';

export const ORG = 'org';

const RANK = { none: 0, guest: 1, member: 2, owner: 3, skein: 4 } as const satisfies Record<ActorRole, number>;

export function atLeast(role: ActorRole, needed: ActorRole): boolean {
  return RANK[role] >= RANK[needed];
}

export interface Acting {
  pod: string;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** Other people whose words the agent acts on. */
  heard?: readonly ParticipantId[];
  /** True for an agent's answer in its own conversation. */
  answer?: true;
  /** The pod of the agent's session, if it is another one. */
  home?: string;
}

/** Returns the people for whom an act is done: the actor, or everybody whose words the agent acts on. */
export function askersOf({
  actor,
  onBehalfOf,
  heard = [],
}: Pick<Acting, 'actor' | 'onBehalfOf' | 'heard'>): PersonId[] {
  return [...new Set([actor, onBehalfOf, ...heard])].filter(isPerson);
}

export interface Rights {
  role: ActorRole;
  /** The person whose rights limit the agent's own. */
  narrowedBy?: PersonId;
}

/**
 * Returns the role of the actor. An agent has no more rights than each person whose words it acts on
 * (docs/architecture.md, “Who is meant, and who may”). In a person's own pod the agent may read all that the person may
 * read; to write in a pod, it needs a role of its own there.
 */
export async function rightsOf(read: Reader, acting: Acting, effect: Effect): Promise<Rights> {
  const { pod, actor, home, answer } = acting;
  const askers = isAgent(actor) && !answer ? askersOf(acting) : [];
  const [own, ...roles] = await Promise.all([
    roleOf(read, pod, actor),
    ...askers.map((asker) => roleOf(read, pod, asker)),
  ]);
  const least = roles.reduce<ActorRole>((low, role) => (RANK[role] < RANK[low] ? role : low), 'owner');
  const narrowedBy = askers[roles.indexOf(least)];
  if (!narrowedBy) return { role: own };
  if (own === 'none' && effect === 'read' && home && (await isTheirDm(read, home, askers)))
    return { role: least, narrowedBy };
  // Returns `none` even if the agent is not in the pod either, because the refusal must not tell which of the two is
  // missing.
  return RANK[least] < RANK[own] || least === 'none' ? { role: least, narrowedBy } : { role: own };
}

async function roleOf(read: Reader, pod: string, who: ParticipantId): Promise<ActorRole> {
  if (who === 'skein') return 'skein';
  if (pod === ORG) return orgRole(read, who);
  const [member, person] = await Promise.all([
    read.get(MEMBERS, memberId(pod, who)),
    isPerson(who) ? read.get(PEOPLE, who) : undefined,
  ]);
  if (member?.state !== 'in' || person?.state === 'out') return 'none';
  return person?.foreign ? 'guest' : member.role;
}

/** True for a person who is a member or owner, both in the pod and in the organisation. */
export async function isMemberIn(read: Reader, pod: string, person: PersonId): Promise<boolean> {
  const roles = await Promise.all([roleOf(read, pod, person), roleOf(read, ORG, person)]);
  return roles.every((role) => atLeast(role, 'member'));
}

async function orgRole(read: Reader, who: ParticipantId): Promise<ActorRole> {
  if (isAgent(who)) return (await read.get(AGENTS, who)) ? 'member' : 'none';
  const person = isPerson(who) ? await read.get(PEOPLE, who) : undefined;
  return person?.state === 'in' ? person.role : 'none';
}

/** True for a DM with exactly this one person. Any other person there could read what the agent reads. */
async function isTheirDm(read: Reader, home: string, [person, other]: readonly PersonId[]): Promise<boolean> {
  const pod = await read.get(PODS, home);
  if (!pod?.direct || other) return false;
  const people = (await read.find(MEMBERS, { where: { pod: home } })).filter(
    ({ who, state }) => state === 'in' && isPerson(who),
  );
  return people.length === 1 && people[0]?.who === person;
}
