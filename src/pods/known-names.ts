// Whom the names in a text may mean: members of the pod, by every name they go by. The only place that answers it.
import type { Reader } from './action.ts';
import { mentions, namesCalled } from './addressing.ts';
import { chunks } from './directory.ts';
import type { ParticipantId } from './participant.ts';
import { memberId } from './views/member.ts';
import type { PersonDoc } from './views/person.ts';

/** People of the organisation who go by one of the names, in the pod or not: a text in which more are meant means nobody in particular. */
const MOST_PEOPLE = 1000;

/** Members whom the texts may name, by every name they go by, and the agents given. */
export async function knownIn(
  read: Reader,
  pod: string,
  texts: readonly string[],
  agentsThere: readonly ParticipantId[] = [],
): Promise<Map<string, ParticipantId>> {
  const names = [...new Set([...texts.flatMap(mentions).flat(), ...texts.flatMap(namesCalled)])];
  const agentIds = [...new Set([...names.map((name) => `agent:${name}`), ...agentsThere])];
  const [people, agents] = await Promise.all([
    some(names, (part) => read.find('people', { where: { names: { in: part } }, limit: MOST_PEOPLE })),
    some(agentIds, (part) => read.find('agents', { where: { id: { in: part } } })),
  ]);
  const ids = [...people, ...agents].map(({ id }) => memberId(pod, id as ParticipantId));
  const members = await some([...new Set(ids)], (part) => read.find('members', { where: { id: { in: part } } }));
  const here = new Set(members.flatMap((member) => (member.state === 'in' ? [member.who] : [])));
  const known = namesIn(people.filter((person) => here.has(person.id as ParticipantId)));
  for (const agent of agents)
    if (here.has(agent.id as ParticipantId)) known.set(agent.handle, agent.id as ParticipantId);
  return known;
}

async function some<T>(all: readonly string[], find: (part: string[]) => Promise<T[]>): Promise<T[]> {
  return (await Promise.all(chunks(all).map(find))).flat();
}

/** Who goes by which name; a handle comes before other names, and a name that several go by means nobody. */
function namesIn(people: readonly PersonDoc[]): Map<string, ParticipantId> {
  const by = (namesOf: (person: PersonDoc) => readonly string[]) => {
    const owners = new Map<string, Set<string>>();
    for (const person of people)
      for (const name of namesOf(person)) owners.set(name, (owners.get(name) ?? new Set()).add(person.id));
    return [...owners].flatMap(([name, ids]) =>
      ids.size === 1 ? [[name, [...ids][0] as ParticipantId] as const] : [],
    );
  };
  return new Map([...by((person) => person.names), ...by((person) => [person.handle.toLowerCase()])]);
}
