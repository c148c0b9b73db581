// Performs an action in another pod, in the name of the actor of the delivery's commit. The key of the act makes it
// idempotent.
import type { DeliveryKind } from '../kind.ts';

export const act: DeliveryKind<'act'> = {
  lane: ({ in: pod }) => `act:${pod}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry(parts, { in: pod, actor, action, input, key, origin }) {
    await parts.act({ pod, actor, via: 'skein', action, input, key, ...(origin ? { origin } : {}) });
  },
};
