// Saves the marks that a run changes. They are saved beside the log, because a run is no commit. The wake of the run is
// not done before they are saved, so a crash saves them again.
import type { Marks } from '../../../agents/runs/deps.ts';
import type { Queue } from '../../../lanes/queue.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { SLACK_APP } from '../../kind.ts';
import { markLane } from './lane.ts';

export function saveMarks({ outbox, clock, poke }: { outbox: Queue; clock(): number; poke(): void }): Marks {
  let counter = 0;
  return {
    async changed({ pod, conversation, agent, run }, messages) {
      if (!messages.length) return;
      const items = messages.map(({ message, weak }) => {
        // Each is carried: what is carried is the state of that moment, so once too often is harmless.
        const id = `mark:${run}:${message}:${clock()}-${counter++}`;
        const payload: DeliveryOf<'mark'> = {
          ...{ kind: 'mark', id, pod, conversation, message, agents: [agent], run },
          ...(weak ? { weak } : {}),
        };
        return { id, kind: 'mark', lane: markLane(message), resource: SLACK_APP, payload };
      });
      await outbox.save(items);
      await outbox.ready(items);
      poke();
    },
  };
}
