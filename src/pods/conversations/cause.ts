// Limits how often agents wake each other for one cause: in depth (hops) and in total (wakes).

import type { Reader } from '../../log/action.ts';
import type { RoleId } from '../../log/needs/need.ts';
import { type AgentId, handleOf, isAgent, isPerson, type PersonId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import { type Meant, MOST_HOPS } from './addressing.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversation.ts';
import { ROOTS } from './root.ts';

/**
 * The most wakes of agents by agents for one cause, in all conversations together. No real work has needed as many, and
 * a loop stays cheap.
 */
export const MOST_WAKES = 20;

export interface Cause {
  /** The id of the commit with which a person started the cause. */
  root: string;
  hops: number;
  wakes: number;
  /** The conversation from which the agent speaks, if it is another one. */
  from?: ConversationDoc;
  /** The person who started the cause, or the owners. Absent while many wakes are left. */
  person?: PersonId | RoleId;
}

/** Returns the cause of an agent's act. Undefined if no agent acts, because a person's message starts a new cause. */
export async function causeOf(
  read: Reader,
  ctx: Ctx,
  target: { id: string; doc: ConversationDoc | undefined },
): Promise<Cause | undefined> {
  if (!isAgent(ctx.actor)) return undefined;
  const elsewhere = ctx.conversation && ctx.conversation !== target.id;
  const from = elsewhere ? await read.get(CONVERSATIONS, ctx.conversation ?? '') : undefined;
  const { doc } = target;
  // A conversation in which no person has ever written is its own root.
  const root = from?.root ?? from?.id ?? doc?.root ?? target.id;
  const wakes = (await read.get(ROOTS, root))?.wakes ?? 0;
  const hops = Math.max(doc?.hops ?? 0, from?.hops ?? 0);
  return { root, wakes, hops, ...(from ? { from } : {}), ...(await nearTheEnd(read, ctx.pod, { root, wakes, hops })) };
}

/**
 * Returns the cause of an act by a timer: that of the conversation. A timer is no new cause, so it cannot give agents
 * new wakes.
 */
export async function causeOfTimer(
  read: Reader,
  pod: string,
  { id, doc }: { id: string; doc: ConversationDoc | undefined },
): Promise<Cause> {
  const root = doc?.root ?? id;
  const cause = { root, wakes: (await read.get(ROOTS, root))?.wakes ?? 0, hops: doc?.hops ?? 0 };
  return { ...cause, ...(await nearTheEnd(read, pod, cause)) };
}

/** Returns the person to ask about the limits; empty while the limits are not near. */
async function nearTheEnd(read: Reader, pod: string, { root, wakes, hops }: Cause): Promise<Pick<Cause, 'person'>> {
  if (wakes < MOST_WAKES / 2 && hops < MOST_HOPS) return {};
  return { person: await personBehind(read, pod, root) };
}

/** Returns the person who started the cause, or the owners if the log of this pod does not say who did. */
export async function personBehind(read: Reader, pod: string, root: string): Promise<PersonId | RoleId> {
  const seq = Number(root.slice(root.lastIndexOf(':') + 1));
  const [commit] = Number.isInteger(seq) ? await read.commits(pod, seq, seq) : [];
  return [commit?.actor, commit?.onBehalfOf].find(isPerson) ?? 'owners';
}

export interface Called {
  agents: AgentId[];
  /** The agents that are named but not woken. */
  left: AgentId[];
}

/** Pure. Splits the named agents into those to wake and those beyond the limits. */
export function within(meant: Pick<Meant, 'agents' | 'beyond'>, cause: Cause | undefined): Called {
  const room = cause ? Math.max(0, MOST_WAKES - cause.wakes) : meant.agents.length;
  return { agents: meant.agents.slice(0, room), left: [...meant.agents.slice(room), ...meant.beyond] };
}

/** Returns the note under a message whose named agents are not woken. It is posted once per conversation and cause. */
export function leftWords(left: readonly AgentId[], more: 'hops' | 'wakes'): string {
  const names = left.map(handleOf);
  const why =
    more === 'wakes'
      ? `agents have woken each other ${MOST_WAKES} times for one request`
      : 'agents have answered each other many times in a row';
  return `_Not passed on to ${names.join(', ')}: ${why}, and now it is for a person to say whether they go on. Write “@${names[0]} go on” here and it continues._`;
}

/** Returns the change that counts the wakes. It stands in the commit that causes them, so that each wake counts once. */
export function wakesCounted(cause: Cause | undefined, agents: readonly AgentId[]): Change[] {
  return cause && agents.length
    ? [{ v: 1, on: 'roots', id: cause.root, type: 'agents_woken', wakes: agents.length }]
    : [];
}
