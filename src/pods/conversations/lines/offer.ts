// Builds the message of Skein under a message that names an agent which is not in the pod. It says that nobody answers,
// and offers members to bring the agent in. Pure.
import { type AgentId, handleOf, isPerson } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { atLeast } from '../../members/rights.ts';

export interface OfferedIn {
  conversation: string;
  /** The id of the message that names the agents. */
  message: string;
  absent: AgentId[];
}

export function offerFor(
  ctx: Ctx,
  { conversation, message, absent }: OfferedIn,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  if (!absent.length || !isPerson(ctx.actor)) return { changes: [], deliveries: [] };
  const may = atLeast(ctx.role, 'member');
  const id = ctx.id('m', 1);
  const offer = may ? { offer: { agents: absent, message } } : {};
  return {
    changes: [
      {
        ...{ v: 1, on: 'messages', id, type: 'message_posted', conversation, by: 'skein' },
        ...{ body: ctx.text(offerWords(absent, may, ctx.origin?.kind === 'email')), at: ctx.at, places: [], ...offer },
      },
    ],
    deliveries: [
      { kind: 'post', conversation, message: id },
      ...(ctx.origin?.kind === 'email'
        ? [{ kind: 'mail' as const, about: 'message' as const, conversation, message: id, to: [ctx.actor] }]
        : []),
    ],
  };
}

function offerWords(absent: readonly AgentId[], may: boolean, byMail: boolean): string {
  const names = absent.map((agent) => `@${handleOf(agent)}`).join(' and ');
  const several = absent.length > 1;
  const away = `${names} ${several ? 'are' : 'is'} not in this pod, so nobody answers this.`;
  if (!may) return `${away} Ask a member of the pod to add ${several ? 'them' : 'it'}.`;
  const hear = several ? 'they hear' : 'it hears';
  const [first = ''] = absent.map((agent) => `“add @${handleOf(agent)}”`);
  if (byMail)
    return `${away} To add ${several ? 'one' : 'it'}, reply with the line ${first}; then ${hear} what was written.`;
  return `${away} Add ${several ? 'them' : 'it'}? Then ${hear} what was written.`;
}
