// A stopped agent is woken by a person's word alone. Anything else that would wake it becomes an open item of the person
// whose request it worked on.
import type { Reader } from '../../log/action.ts';
import { type AgentId, handleOf, isPerson, type PersonId } from '../../log/participant.ts';
import type { Ctx, Decision } from '../action.ts';
import { personBehind } from '../conversations/cause.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { isStopped } from '../conversations/words/at-work.ts';
import type { DeliveryOf, DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';

type WakeWish = Extract<DeliveryWish, { kind: 'wake' }>;

export async function withoutStopped<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const { changes, deliveries = [], result } = decision;
  const left: WakeWish[] = [];
  for (const wish of deliveries.filter(isWake)) {
    if (ctx.isNew(wish.conversation) || isCalled(changes, wish)) continue;
    const doc = await read.get(CONVERSATIONS, wish.conversation);
    if (isStopped(doc?.atWork, wish.agent)) left.push(wish);
  }
  if (!left.length) return decision;
  const items = await Promise.all(left.map((wish) => leftFor(read, ctx.pod, wish)));
  const agents = [...new Set(left.map(({ agent }) => handleOf(agent)))];
  return {
    ...decision,
    changes: [...changes, ...items],
    deliveries: deliveries.filter((one) => !isWake(one) || !left.includes(one)),
    result: isPerson(ctx.actor) ? result : { ...result, notWoken: [...notWokenIn(result), ...agents] },
  };
}

function isWake(wish: DeliveryWish): wish is WakeWish {
  return wish.kind === 'wake' && !wish.ends;
}

/** True if the same commit is a person's word to the agent. */
function isCalled(
  changes: readonly Change[],
  { agent, conversation }: Pick<DeliveryOf<'wake'>, 'agent' | 'conversation'>,
) {
  return changes.some((change) => {
    if (change.on !== 'conversations' || change.id !== conversation) return false;
    if (change.type === 'message_added') return isPerson(change.by) && change.addressed.includes(agent);
    if (change.type === 'work_given') return change.begins === true && change.agents.includes(agent);
    return change.type === 'agents_called';
  });
}

async function leftFor(read: Reader, pod: string, { agent, conversation }: WakeWish): Promise<Change> {
  const doc = await read.get(CONVERSATIONS, conversation);
  const unwoken: PersonId | 'owners' = await personBehind(read, pod, doc?.root ?? conversation);
  return { v: 1, on: 'conversations', id: conversation, type: 'wake_left', agent: agent as AgentId, unwoken };
}

function notWokenIn(result: unknown): string[] {
  return (result as { notWoken?: string[] } | undefined)?.notWoken ?? [];
}
