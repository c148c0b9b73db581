// Stops an agent in a conversation: records the stop and its commit in the session.
import { seqOf } from '../delivery-id.ts';
import type { DeliveryKind } from '../kind.ts';
import { wakeLane } from './wake.ts';

export const halt: DeliveryKind<'halt'> = {
  // Not the lane of the wakes, because it has to stop a running one.
  lane: ({ agent, conversation }) => `halt:${agent}:${conversation}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry({ runner, outbox }, { id, pod, conversation, agent }) {
    await runner.halt({ pod, conversation, agent, seq: seqOf(id) });
    // Ends a run that waits for the model at once.
    await outbox.hasten(wakeLane({ agent, conversation }));
  },
};
