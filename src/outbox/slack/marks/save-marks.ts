// Saves the marks that a run changes. They are saved beside the log, because a run is no commit. The wake of the run is
// not done before they are saved, so a crash saves them again. Only messages that have a mark cost anything: a run may
// hear hundreds that woke nobody.
import type { Marks } from '../../../agents/runs/deps.ts';
import type { Queue } from '../../../lanes/queue.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import type { Store } from '../../../store/port.ts';
import { SLACK_APP } from '../../kind.ts';
import { markLane } from './lane.ts';
import type { MarkDoc } from './mark-record.ts';

interface Deps {
  store: Store;
  outbox: Queue;
  clock(): number;
  poke(): void;
}

export function saveMarks({ store, outbox, clock, poke }: Deps): Marks {
  let counter = 0;

  /** A mark is shown already, or its first delivery is still in its lane: it is saved together with its message. */
  async function haveMarks(messages: readonly string[]): Promise<Set<string>> {
    const [shown, waiting] = await Promise.all([
      store.collection<MarkDoc>('marks').find({ where: { id: { in: [...messages] } } }),
      outbox.lanes.find({ where: { id: { in: messages.map(markLane) } } }),
    ]);
    const have = new Set([...shown.map(({ id }) => markLane(id)), ...waiting.map(({ id }) => id)]);
    return new Set(messages.filter((message) => have.has(markLane(message))));
  }

  return {
    async changed({ pod, conversation, agent, run }, messages) {
      if (!messages.length) return;
      const marked = await haveMarks(messages.map(({ message }) => message));
      const items = messages.flatMap(({ message, weak }) => {
        if (!marked.has(message)) return [];
        // Each is carried: what is carried is the state of that moment, so once too often is harmless.
        const id = `mark:${run}:${message}:${clock()}-${counter++}`;
        const payload: DeliveryOf<'mark'> = {
          ...{ kind: 'mark', id, pod, conversation, message, agents: [agent], run },
          ...(weak ? { weak } : {}),
        };
        return [{ id, kind: 'mark', lane: markLane(message), resource: SLACK_APP, payload }];
      });
      if (!items.length) return;
      await outbox.save(items);
      await outbox.ready(items);
      poke();
    },
  };
}
