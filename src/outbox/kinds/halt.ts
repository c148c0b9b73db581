// Stopping an agent in a conversation: the session says that it was stopped, and by which commit.
import { seqOf } from '../delivery-id.ts';
import type { DeliveryKind } from '../kind.ts';
import { wakeLane } from './wake.ts';

export const halt: DeliveryKind<'halt'> = {
  // Not the lane of the work that it stops.
  lane: ({ agent, conversation }) => `halt:${agent}:${conversation}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry({ runner, outbox }, { id, pod, conversation, agent }) {
    await runner.halt({ pod, conversation, agent, seq: seqOf(id) });
    // A run that waits for the model ends now.
    await outbox.hasten(wakeLane({ agent, conversation }));
  },
};
