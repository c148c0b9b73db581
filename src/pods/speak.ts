// What every new message needs to find out and to change: used by post_message, start_conversation and edit_message.
import type { Ctx, Reader } from './action.ts';
import { type Meant, mentions, nameCalled, whoIsMeant } from './addressing.ts';
import type { DeliveryWish } from './commit.ts';
import { isAgent, type ParticipantId } from './participant.ts';
import { placeKey } from './place.ts';
import type { ConversationDoc } from './views/conversation.ts';
import { memberId } from './views/member.ts';
import type { PersonDoc } from './views/person.ts';
import type { Change } from './views.ts';

/** Members that the text may name, by every name they go by, and the agents already in the conversation. */
export async function knownIn(
  read: Reader,
  pod: string,
  text: string,
  conversation: ConversationDoc | undefined,
): Promise<Map<string, ParticipantId>> {
  const called = nameCalled(text);
  const names = [...new Set([...mentions(text).flat(), ...(called ? [called] : [])])];
  const agentIds = [...new Set([...names.map((name) => `agent:${name}`), ...(conversation?.agents ?? [])])];
  const [people, agents] = await Promise.all([
    names.length ? read.find('people', { where: { names: { in: names } }, limit: 100 }) : [],
    agentIds.length ? read.find('agents', { where: { id: { in: agentIds } } }) : [],
  ]);
  const members = await Promise.all(
    [...people, ...agents].map((one) => read.get('members', memberId(pod, one.id as ParticipantId))),
  );
  const here = new Set(members.flatMap((member) => (member?.state === 'in' ? [member.who] : [])));
  const known = namesIn(people.filter((person) => here.has(person.id as ParticipantId)));
  for (const agent of agents)
    if (here.has(agent.id as ParticipantId)) known.set(agent.handle, agent.id as ParticipantId);
  return known;
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

export interface Spoken {
  meant: Meant;
  changes: Change[];
  deliveries: DeliveryWish[];
}

/** Pure: a message in a conversation, whom it wakes or stops, and the post that carries it outside. */
export function speak(
  ctx: Ctx,
  /** `hops`: what a new conversation takes over of the one it grew out of. */
  conversation: { id: string; doc: ConversationDoc | undefined; hops?: number },
  said: { message: string; text: string; known: ReadonlyMap<string, ParticipantId>; at: number },
): Spoken {
  const { id, doc } = conversation;
  const meant = whoIsMeant({
    text: said.text,
    by: ctx.actor,
    known: said.known,
    direct: ctx.podDoc?.direct ?? false,
    ...(ctx.podDoc?.defaultAgent ? { defaultAgent: ctx.podDoc.defaultAgent } : {}),
    conversation: {
      agents: doc?.agents ?? [],
      people: doc?.people ?? [],
      lastTo: doc?.lastTo ?? [],
      hops: doc?.hops ?? conversation.hops ?? 0,
      ...(doc?.messages ? { lastBy: doc.lastBy } : {}),
    },
  });
  const place =
    ctx.origin?.kind === 'slack' && ctx.origin.ts ? [placeKey({ ...ctx.origin, thread: ctx.origin.ts })] : [];
  return {
    meant,
    changes: [
      {
        v: 1,
        on: 'messages',
        id: said.message,
        type: 'message_posted',
        conversation: id,
        by: ctx.actor,
        ...(ctx.onBehalfOf ? { onBehalfOf: ctx.onBehalfOf } : {}),
        body: ctx.text(said.text),
        at: said.at,
        places: place,
      },
      { v: 1, on: 'conversations', id, type: 'message_added', by: ctx.actor, addressed: meant.agents },
    ],
    deliveries: [
      ...(ctx.origin ? [] : [{ kind: 'post' as const, conversation: id, message: said.message }]),
      ...callsFor(meant, id, said.message),
    ],
  };
}

export function callsFor(meant: Meant, conversation: string, because: string): DeliveryWish[] {
  return meant.agents
    .filter(isAgent)
    .map(
      (agent): DeliveryWish =>
        meant.stop ? { kind: 'halt', agent, conversation } : { kind: 'wake', agent, conversation, because },
    );
}
