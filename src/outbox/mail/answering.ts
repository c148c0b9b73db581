// Tells whether an agent is about to answer. A wake stays in the outbox until its run is over.
import type { Queue } from '../../lanes/queue.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import { wakeLane } from '../kinds/wake.ts';

export async function isAnswering(outbox: Queue, { id, agents }: ConversationDoc): Promise<boolean> {
  const lanes = agents.map((agent) => wakeLane({ agent, conversation: id }));
  const where = { lane: { in: lanes }, state: 'waiting' } as const;
  return lanes.length > 0 && (await outbox.items.find({ where, limit: 1 })).length > 0;
}
