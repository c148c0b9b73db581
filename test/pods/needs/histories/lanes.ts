// The outbox in miniature: lanes that one process at a time works through, in the log's order.
import { NotYet, Retryable } from '../../../../src/errors.ts';
import { orderOf } from '../../../../src/outbox/delivery-id.ts';
import { kindOf } from '../../../../src/outbox/kinds.ts';
import type { Parts } from '../../../../src/outbox/parts.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import type { Process } from '../../../protocol/scheduler.ts';
import { texts } from '../../../texts/words.ts';
import type { Variant } from './variants.ts';

interface Waiting {
  delivery: Delivery;
  state: 'waiting' | 'done' | 'aside';
  attempts: number;
  reason?: string;
}

export interface Lanes {
  all: Map<string, Waiting>;
  save(deliveries: readonly Delivery[]): void;
  /** Leases the first waiting delivery of a lane that nobody works on. A killed process gets none. */
  lease(by: Process): Waiting | undefined;
  /** The delivery is carried, or put aside for a reason. */
  settle(waiting: Waiting, by: Process, reason?: string): void;
  /** The lane waits, because a service is away. */
  rest(waiting: Waiting, by: Process): void;
  free(by: Process): void;
  wakeUp(): void;
}

/** Everything but these is another test's. */
const CARRIED: readonly Delivery['kind'][] = [
  'act',
  'post',
  'unpost',
  'update',
  'notice',
  'amend',
  'mail',
  'question',
  'digest',
  'wake',
];

export function makeLanes(): Lanes {
  const all = new Map<string, Waiting>();
  const leased = new Map<string, Process>();
  const resting = new Set<string>();
  const laneOf = ({ delivery }: Waiting) => kindOf(delivery)?.lane(delivery) ?? 'unknown';
  /** False if the process was killed meanwhile: then the lane may be another's. */
  const released = (waiting: Waiting, by: Process) => {
    const lane = laneOf(waiting);
    return leased.get(lane) === by && leased.delete(lane);
  };
  return {
    all,
    save(deliveries) {
      for (const delivery of deliveries)
        if (!all.has(delivery.id) && CARRIED.includes(delivery.kind))
          all.set(delivery.id, { delivery, state: 'waiting', attempts: 0 });
    },
    lease(by) {
      // A process that is killed in one of its works may be between two steps in another, and goes on to the next.
      if (!by.alive) return undefined;
      const heads = new Map<string, Waiting>();
      for (const one of all.values()) {
        if (one.state !== 'waiting') continue;
        const lane = laneOf(one);
        const head = heads.get(lane);
        if (!head || orderOf(one.delivery.id) < orderOf(head.delivery.id)) heads.set(lane, one);
      }
      for (const [lane, head] of heads) {
        if (leased.has(lane) || resting.has(lane)) continue;
        leased.set(lane, by);
        return head;
      }
      return undefined;
    },
    settle(waiting, by, reason) {
      if (released(waiting, by)) Object.assign(waiting, { state: reason === undefined ? 'done' : 'aside', reason });
    },
    rest(waiting, by) {
      if (released(waiting, by)) resting.add(laneOf(waiting));
    },
    free(by) {
      for (const [lane, owner] of leased) if (owner === by) leased.delete(lane);
    },
    wakeUp: () => resting.clear(),
  };
}

interface Carrying {
  parts: Omit<Parts, 'texts' | 'outbox' | 'digest' | 'readmit'>;
  lanes: Lanes;
  variant: Variant;
  by: Process;
  began(id: string): void;
}

export async function carryAll({ parts, lanes, variant, by, began }: Carrying): Promise<void> {
  const all = { ...parts, texts, digest: { unsubscribeThread: (person: string) => person } } as unknown as Parts;
  const whole = variant.parts?.(all) ?? all;
  const putAside = async (head: Waiting, error: unknown) => {
    try {
      await kindOf(head.delivery)?.onAside?.(whole, head.delivery as never, error);
      lanes.settle(head, by, String(error));
    } catch {
      lanes.rest(head, by);
    }
  };
  for (let head = lanes.lease(by); head; head = lanes.lease(by)) {
    const { delivery } = head;
    began(delivery.id);
    head.attempts += 1;
    const carried = variant.carried?.(delivery, head.attempts) ?? delivery;
    try {
      if (variant.drops?.(delivery)) {
        lanes.settle(head, by);
        continue;
      }
      await kindOf(carried)?.carry(whole, carried as never, new AbortController().signal);
      await variant.afterwards?.(whole, carried);
      lanes.settle(head, by);
    } catch (error) {
      if (error instanceof Retryable || error instanceof NotYet) lanes.rest(head, by);
      else await putAside(head, error);
    }
  }
}
