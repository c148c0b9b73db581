// What an agent's word is part of, and how far it may carry: agents that wake agents come to an end in depth and in width.

import type { Reader } from '../../log/action.ts';
import { type AgentId, handleOf, isAgent } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import type { Meant } from './addressing.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversation.ts';
import { ROOTS } from './root.ts';

/**
 * So often agents may wake each other for one thing that a person set off, in whatever conversations: more than any work
 * of a few agents took, and few enough that a loop of them costs little.
 */
export const MOST_WAKES = 20;

export interface Cause {
  /** The commit with which a person set it off. */
  root: string;
  hops: number;
  wakes: number;
  /** The conversation that the agent speaks from, when it is another than the one it speaks in. */
  from?: ConversationDoc;
}

/** Undefined for whoever is no agent: with a person's word something new begins. */
export async function causeOf(
  read: Reader,
  ctx: Ctx,
  target: { id: string; doc: ConversationDoc | undefined },
): Promise<Cause | undefined> {
  if (!isAgent(ctx.actor)) return undefined;
  const elsewhere = ctx.conversation && ctx.conversation !== target.id;
  const from = elsewhere ? await read.get(CONVERSATIONS, ctx.conversation ?? '') : undefined;
  const { doc } = target;
  // A conversation in which no person ever spoke has no other beginning than itself.
  const root = from?.root ?? from?.id ?? doc?.root ?? target.id;
  const wakes = (await read.get(ROOTS, root))?.wakes ?? 0;
  return { root, wakes, hops: Math.max(doc?.hops ?? 0, from?.hops ?? 0), ...(from ? { from } : {}) };
}

export interface Called {
  agents: AgentId[];
  /** Named, and not woken. */
  left: AgentId[];
}

/** Pure: whom of those it names an agent still wakes. */
export function within(meant: Pick<Meant, 'agents' | 'beyond'>, cause: Cause | undefined): Called {
  const room = cause ? Math.max(0, MOST_WAKES - cause.wakes) : meant.agents.length;
  return { agents: meant.agents.slice(0, room), left: [...meant.agents.slice(room), ...meant.beyond] };
}

/** What stands under the message that would have woken them, once in a conversation for each thing set off. */
export function leftWords(left: readonly AgentId[], more: 'hops' | 'wakes'): string {
  const names = left.map(handleOf);
  const why =
    more === 'wakes'
      ? `agents have woken each other ${MOST_WAKES} times for one request`
      : 'agents have answered each other many times in a row';
  return `_Not passed on to ${names.join(', ')}: ${why}, and now it is for a person to say whether they go on. Write “@${names[0]} go on” here and it continues._`;
}

/** Counted with the commit that wakes them, so that it counts once. */
export function wakesCounted(cause: Cause | undefined, agents: readonly AgentId[]): Change[] {
  return cause && agents.length
    ? [{ v: 1, on: 'roots', id: cause.root, type: 'agents_woken', wakes: agents.length }]
    : [];
}
