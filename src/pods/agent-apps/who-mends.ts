// Finds who has to mend the lost app of an agent: its owner, else the owners of the pods that it is in. Each person is
// told once, in one pod.
import type { Reader } from '../../log/action.ts';
import { type AgentId, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { MEMBERS, type MemberDoc } from '../members/member.ts';
import { PEOPLE } from '../people/person.ts';
import { PODS } from '../pod/pod.ts';
import type { ToldIn } from './agent-app.ts';

/** `owner`: the agent's owner. A shipped agent has no person as its owner. */
export async function whoMends(read: Reader, agent: AgentId, owner: ParticipantId): Promise<ToldIn[]> {
  const here = (await read.find(MEMBERS, { where: { who: agent } })).filter(({ state }) => state === 'in');
  const ids = here.map(({ pod }) => pod).sort();
  const pods = ids.length ? await read.find(PODS, { where: { id: { in: ids } }, sort: [['id', 'asc']] }) : [];
  const active = pods.filter(({ state }) => state === 'active');
  // Somebody who only writes with the agent in a direct message set up none of its apps.
  const shared = active.filter(({ direct }) => !direct);
  const members = await membersOf(
    read,
    (shared.length ? shared : active).map(({ id }) => id),
  );
  const present = await presentIn(read, members);
  const mine = isPerson(owner) && present.has(owner) ? members.find(({ who }) => who === owner) : undefined;
  if (mine && isPerson(owner)) return [{ pod: mine.pod, people: [owner] }];
  return onceEach(members.filter(({ who, role }) => role === 'owner' && present.has(who)));
}

async function membersOf(read: Reader, pods: readonly string[]): Promise<MemberDoc[]> {
  const found = await Promise.all(pods.map((pod) => read.find(MEMBERS, { where: { pod } })));
  return found.flat().filter(({ who, state }) => state === 'in' && isPerson(who));
}

async function presentIn(read: Reader, members: readonly MemberDoc[]): Promise<ReadonlySet<ParticipantId>> {
  const wanted = [...new Set(members.map(({ who }) => who))];
  const people = await Promise.all(wanted.map((id) => read.get(PEOPLE, id)));
  return new Set(people.flatMap((one) => (one?.state === 'in' ? [one.id as PersonId] : [])));
}

function onceEach(owners: readonly MemberDoc[]): ToldIn[] {
  const told = new Set<ParticipantId>();
  const byPod = new Map<string, PersonId[]>();
  for (const { pod, who } of owners) {
    if (told.has(who) || !isPerson(who)) continue;
    told.add(who);
    byPod.set(pod, [...(byPod.get(pod) ?? []), who]);
  }
  return [...byPod].map(([pod, people]) => ({ pod, people }));
}
