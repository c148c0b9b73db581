// Saves the updates of the cards of runs, beside the log, because a run is no commit. The card is posted by a commit, so its
// first update waits behind the post in its lane.
import type { Cards } from '../../../agents/runs/deps.ts';
import type { Queue } from '../../../lanes/queue.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { SLACK_APP } from '../../kind.ts';
import { conversationLane } from '../post-target.ts';

interface Deps {
  outbox: Queue;
  clock(): number;
  poke(): void;
}

export function saveCards({ outbox, clock, poke }: Deps): Cards {
  let counter = 0;
  return {
    async changed({ pod, conversation, card: message }) {
      if (message === undefined) return;
      const id = `card:${message}:${clock()}-${counter++}`;
      const payload: DeliveryOf<'update'> = { kind: 'update', id, pod, conversation, message };
      const lane = conversationLane(payload);
      const items = [{ id, kind: 'update', lane, resource: SLACK_APP, about: `update:${message}`, payload }];
      await outbox.save(items);
      await outbox.ready(items);
      poke();
    },
  };
}
