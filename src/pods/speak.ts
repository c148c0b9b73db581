// What every new message needs to find out and to change: used by post_message, start_conversation and edit_message.
import type { Ctx, Reader } from './action.ts';
import { type Meant, mentions, nameCalled, whoIsMeant } from './addressing.ts';
import type { DeliveryWish } from './commit.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from './participant.ts';
import { mailKey, type Origin, placeKey } from './place.ts';
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

type FromMail = Extract<Origin, { kind: 'email' }>;

export interface Spoken {
  meant: Meant;
  changes: Change[];
  deliveries: DeliveryWish[];
}

export interface ToSay {
  message: string;
  text: string;
  known: ReadonlyMap<string, ParticipantId>;
  at: number;
  /** Its author is of another organisation. */
  foreign?: true | undefined;
  /** Meant where the text names no agent. */
  wanted?: AgentId;
  /** The whole message, made from the text and the agents it is meant for. */
  frame?: (text: string, agents: readonly AgentId[]) => string;
}

/** Pure: a message in a conversation, whom it wakes or stops, and the post that carries it outside. */
export function speak(
  ctx: Ctx,
  /** `hops`: what a new conversation takes over of the one it grew out of. */
  conversation: { id: string; doc: ConversationDoc | undefined; hops?: number },
  said: ToSay,
): Spoken {
  const { id, doc } = conversation;
  const mail = ctx.origin?.kind === 'email' ? ctx.origin : undefined;
  const wanted = said.wanted ?? mail?.agent;
  const meant = whoIsMeant({
    text: said.text,
    by: ctx.actor,
    known: said.known,
    direct: ctx.podDoc?.direct ?? false,
    ...(ctx.podDoc?.defaultAgent ? { defaultAgent: ctx.podDoc.defaultAgent } : {}),
    ...(wanted ? { wanted } : {}),
    conversation: {
      agents: doc?.agents ?? [],
      people: doc?.people ?? [],
      lastTo: doc?.lastTo ?? [],
      hops: doc?.hops ?? conversation.hops ?? 0,
      ...(doc?.messages ? { lastBy: doc.lastBy } : {}),
    },
  });
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
        body: ctx.text(said.frame?.(said.text, meant.agents) ?? said.text),
        at: said.at,
        places: standsAt(ctx),
        ...mentionsOf(meant, ctx.actor),
        ...(mail?.outside ? { outside: ctx.text(mail.outside) } : {}),
        ...(mail?.raw ? { raw: mail.raw } : {}),
        ...(said.foreign ? { foreign: true as const } : {}),
      },
      { v: 1, on: 'conversations', id, type: 'message_added', by: ctx.actor, addressed: meant.agents },
      ...(mail && isPerson(ctx.actor) ? [mailedBy(id, followersBy(mail, ctx.actor), mail.messageId)] : []),
    ],
    deliveries: [
      ...(ctx.origin?.kind === 'slack' ? [] : [{ kind: 'post' as const, conversation: id, message: said.message }]),
      ...mailsFor(ctx, id, doc, said.message),
      ...callsFor(meant, id, said.message),
    ],
  };
}

/** The people who are called by name: the message waits for their answer. */
export function mentionsOf({ people }: Meant, by: ParticipantId): { mentions?: PersonId[] } {
  const mentions = people.filter(isPerson).filter((person) => person !== by);
  return mentions.length ? { mentions } : {};
}

/** Where the message stands outside already. */
function standsAt({ origin }: Ctx): string[] {
  if (origin?.kind === 'email') return [mailKey(origin.messageId)];
  return origin?.kind === 'slack' && origin.ts ? [placeKey({ ...origin, thread: origin.ts })] : [];
}

function followersBy({ quiet, reached = [] }: FromMail, author: PersonId): PersonId[] {
  return [...(quiet ? [] : [author]), ...reached];
}

/** These people follow the conversation by mail from now on. */
export function mailedBy(conversation: string, people: PersonId[], messageId: string): Change {
  return { v: 1, on: 'conversations', id: conversation, type: 'conversation_mailed', people, messageId };
}

/** Whoever follows by mail hears of it by mail; what Skein itself says stays where it is, or a bounce would answer a bounce. */
function mailsFor(ctx: Ctx, conversation: string, doc: ConversationDoc | undefined, message: string): DeliveryWish[] {
  const reached = ctx.origin?.kind === 'email' ? (ctx.origin.reached ?? []) : [];
  const to = (doc?.mail?.people ?? []).filter((person) => person !== ctx.actor && !reached.includes(person));
  if (!to.length || ctx.actor === 'skein') return [];
  return [{ kind: 'mail', about: 'message', conversation, message, to }];
}

export function callsFor(meant: Meant, conversation: string, because: string): DeliveryWish[] {
  return meant.agents
    .filter(isAgent)
    .map(
      (agent): DeliveryWish =>
        meant.stop ? { kind: 'halt', agent, conversation } : { kind: 'wake', agent, conversation, because },
    );
}
