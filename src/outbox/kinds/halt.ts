// Stops an agent in a conversation: records in the session which commit stopped it.
import { seqOf } from '../delivery-id.ts';
import type { DeliveryKind } from '../kind.ts';
import { wakeLane } from './wake.ts';

export const halt: DeliveryKind<'halt'> = {
  // The lane differs from that of the wakes, because a stop must not wait for the wake that it stops.
  lane: ({ agent, conversation }) => `halt:${agent}:${conversation}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry({ runner, outbox }, { id, pod, conversation, agent }) {
    await runner.halt({ pod, conversation, agent, seq: seqOf(id) });
    // A run that waits for the model is due at once, and then ends.
    await outbox.hasten(wakeLane({ agent, conversation }));
  },
};
