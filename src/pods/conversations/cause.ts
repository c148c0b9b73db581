// Bounds how often agents wake each other for one cause: in depth (hops) and in total (wakes).

import type { Reader } from '../../log/action.ts';
import type { RoleId } from '../../log/needs/need.ts';
import { type AgentId, handleOf, isAgent, isPerson, type PersonId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import { type Meant, MOST_HOPS } from './addressing.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversation.ts';
import { ROOTS } from './root.ts';

/**
 * The most wakes of agents by agents for one thing that a person started, in all conversations together. No real work took
 * as many, and a loop stays cheap.
 */
export const MOST_WAKES = 20;

export interface Cause {
  /** The id of the commit with which a person started it. */
  root: string;
  hops: number;
  wakes: number;
  /** The conversation that the agent speaks from, if it speaks in another one. */
  from?: ConversationDoc;
  /** The person who started it, or the owners. Absent while many wakes are left. */
  person?: PersonId | RoleId;
}

/** Undefined unless an agent speaks: a person's message starts a new cause. */
export async function causeOf(
  read: Reader,
  ctx: Ctx,
  target: { id: string; doc: ConversationDoc | undefined },
): Promise<Cause | undefined> {
  if (!isAgent(ctx.actor)) return undefined;
  const elsewhere = ctx.conversation && ctx.conversation !== target.id;
  const from = elsewhere ? await read.get(CONVERSATIONS, ctx.conversation ?? '') : undefined;
  const { doc } = target;
  // A conversation in which no person ever wrote is its own root.
  const root = from?.root ?? from?.id ?? doc?.root ?? target.id;
  const wakes = (await read.get(ROOTS, root))?.wakes ?? 0;
  const hops = Math.max(doc?.hops ?? 0, from?.hops ?? 0);
  return { root, wakes, hops, ...(from ? { from } : {}), ...(await nearTheEnd(read, ctx.pod, { root, wakes, hops })) };
}

/** A timer goes on with what began the conversation, so that it has no wakes of its own to give. */
export async function causeOfTimer(
  read: Reader,
  pod: string,
  { id, doc }: { id: string; doc: ConversationDoc | undefined },
): Promise<Cause> {
  const root = doc?.root ?? id;
  const cause = { root, wakes: (await read.get(ROOTS, root))?.wakes ?? 0, hops: doc?.hops ?? 0 };
  return { ...cause, ...(await nearTheEnd(read, pod, cause)) };
}

/** The person to ask once the limits are reached. */
async function nearTheEnd(read: Reader, pod: string, { root, wakes, hops }: Cause): Promise<Pick<Cause, 'person'>> {
  if (wakes < MOST_WAKES / 2 && hops < MOST_HOPS) return {};
  const seq = Number(root.slice(root.lastIndexOf(':') + 1));
  const [commit] = Number.isInteger(seq) ? await read.commits(pod, seq, seq) : [];
  return { person: [commit?.actor, commit?.onBehalfOf].find(isPerson) ?? 'owners' };
}

export interface Called {
  agents: AgentId[];
  /** Agents that are named but not woken. */
  left: AgentId[];
}

/** Pure. Splits the agents that are named into those to wake and those beyond the limits. */
export function within(meant: Pick<Meant, 'agents' | 'beyond'>, cause: Cause | undefined): Called {
  const room = cause ? Math.max(0, MOST_WAKES - cause.wakes) : meant.agents.length;
  return { agents: meant.agents.slice(0, room), left: [...meant.agents.slice(room), ...meant.beyond] };
}

/** The note under a message whose named agents are not woken. Posted once per conversation and cause. */
export function leftWords(left: readonly AgentId[], more: 'hops' | 'wakes'): string {
  const names = left.map(handleOf);
  const why =
    more === 'wakes'
      ? `agents have woken each other ${MOST_WAKES} times for one request`
      : 'agents have answered each other many times in a row';
  return `_Not passed on to ${names.join(', ')}: ${why}, and now it is for a person to say whether they go on. Write “@${names[0]} go on” here and it continues._`;
}

/** Counts the wakes in the commit that causes them, so that each counts once. */
export function wakesCounted(cause: Cause | undefined, agents: readonly AgentId[]): Change[] {
  return cause && agents.length
    ? [{ v: 1, on: 'roots', id: cause.root, type: 'agents_woken', wakes: agents.length }]
    : [];
}
