// Stops what agents do for the same request in other conversations, or says in the thread what still runs there. Pure.
import type { Ctx } from '../../action.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { together, withdraw } from '../../questions/settling/settle.ts';
import { lineOf, listOf } from './line.ts';
import type { Elsewhere } from './same-root.ts';

/** `all`: they are stopped too. */
export function stopElsewhere(
  ctx: Ctx,
  conversation: ConversationDoc,
  { others, all }: { others: readonly Elsewhere[]; all: boolean },
): { changes: Change[]; deliveries: DeliveryWish[] } {
  if (!others.length) return { changes: [], deliveries: [] };
  if (!all) {
    const still = others.map(({ says }) => says);
    const text = `Still at work for the same request: ${listOf(still)}. Write “stop all” here to stop ${still.length > 1 ? 'them' : 'that'} too.`;
    const stops = others.map((one) => ({ conversation: one.conversation, agent: one.agent }));
    const facts = { conversation, names: new Map(), waiting: [], byMail: [] };
    return lineOf(ctx, facts, { text, agents: [], stops });
  }
  const withdrawn = together(others.flatMap(({ open }) => open.map((put) => withdraw(put, 'stopped'))));
  return {
    changes: [
      ...others.map(
        ({ conversation: id, agent }): Change => ({
          ...{ v: 1, on: 'conversations', id },
          ...{ type: 'run_stopped', agent, holds: true },
        }),
      ),
      ...withdrawn.changes,
    ],
    deliveries: [
      ...others.map(({ conversation: id, agent }): DeliveryWish => ({ kind: 'halt', agent, conversation: id })),
      ...withdrawn.deliveries,
    ],
  };
}
