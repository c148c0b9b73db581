// Resolves the names in a text to members of the pod. All doors use this one function.

import type { Reader } from '../../log/action.ts';
import { type AgentId, isPerson, type ParticipantId } from '../../log/participant.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import { mentions, namesCalled } from '../conversations/addressing.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { chunks } from './directory.ts';
import { claimOn, GUEST_LABEL, guestLabel, strongest } from './name-claims.ts';
import { PEOPLE, type PersonDoc } from './person.ts';

/** If more people of the organisation than this have one of the names, the text addresses nobody in particular. */
const MOST_PEOPLE = 1000;

/** Returns the members whom the texts may name, by each of their names, and the given agents. */
export async function knownIn(
  read: Reader,
  pod: string,
  texts: readonly string[],
  agentsThere: readonly ParticipantId[] = [],
): Promise<Map<string, ParticipantId>> {
  return (await knownAndAbsent(read, pod, texts, agentsThere)).known;
}

export interface KnownAndAbsent {
  known: Map<string, ParticipantId>;
  /** The agents of the organisation that have one of the names as their handle and are not in this pod. */
  absent: Map<string, AgentId>;
}

export async function knownAndAbsent(
  read: Reader,
  pod: string,
  texts: readonly string[],
  agentsThere: readonly ParticipantId[] = [],
): Promise<KnownAndAbsent> {
  const names = [...new Set([...texts.flatMap(mentions).flat(), ...texts.flatMap(namesCalled)])];
  const agentIds = [...new Set([...names.map((name) => `agent:${name}`), ...agentsThere])];
  if (!agentIds.length) return { known: new Map(), absent: new Map() };
  const [people, agents] = await Promise.all([
    some(names, (part) => read.find(PEOPLE, { where: { names: { in: part } }, limit: MOST_PEOPLE })),
    some(agentIds, (part) => read.find(AGENTS, { where: { id: { in: part } } })),
  ]);
  const ids = [...people, ...agents].map(({ id }) => memberId(pod, id as ParticipantId));
  const members = await some([...new Set(ids)], (part) => read.find(MEMBERS, { where: { id: { in: part } } }));
  const here = new Set(members.flatMap((member) => (member.state === 'in' ? [member.who] : [])));
  const known = new Map([
    ...(await labelsIn(read, pod, names)),
    ...namesIn(people.filter((person) => here.has(person.id as ParticipantId))),
  ]);
  for (const agent of agents)
    if (here.has(agent.id as ParticipantId)) known.set(agent.handle, agent.id as ParticipantId);
  const away = agents.filter(({ id, handle }) => !here.has(id as ParticipantId) && !known.has(handle));
  return { known, absent: new Map(away.map(({ id, handle }) => [handle, id as AgentId])) };
}

/** Returns the guests whom the texts name by the labels that agents use. */
async function labelsIn(read: Reader, pod: string, names: readonly string[]): Promise<Map<string, ParticipantId>> {
  const wanted = new Set(names.filter((name) => GUEST_LABEL.test(name)));
  const members = wanted.size ? await read.find(MEMBERS, { where: { pod } }) : [];
  return new Map(
    members.flatMap(({ who, state }) =>
      state === 'in' && isPerson(who) && wanted.has(guestLabel(who)) ? [[guestLabel(who), who] as const] : [],
    ),
  );
}

async function some<T>(all: readonly string[], find: (part: string[]) => Promise<T[]>): Promise<T[]> {
  return (await Promise.all(chunks(all).map(find))).flat();
}

/** Returns the person with the best claim to each name. A name with several equal claims is left out. */
function namesIn(people: readonly PersonDoc[]): Map<string, ParticipantId> {
  const by = new Map<string, { id: string; claim: number }[]>();
  for (const person of people)
    for (const name of new Set([...person.names, person.handle.toLowerCase()]))
      by.set(name, [...(by.get(name) ?? []), { id: person.id, claim: claimOn(name, person) }]);
  return new Map(
    [...by].flatMap(([name, claims]) => {
      const [one, another] = strongest(claims);
      return one && !another ? [[name, one.id as ParticipantId] as const] : [];
    }),
  );
}
