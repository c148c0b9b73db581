// Saves deliveries in the outbox: each in its lane, in the log's order, with the lease that it needs.
import type { NewItem, Queue } from '../lanes/queue.ts';
import type { DeliverySaving } from '../log/fold.ts';
import type { Delivery } from '../pods/deliveries.ts';
import { orderOf } from './delivery-id.ts';
import { kindOf } from './kinds.ts';

/** Resolves when the deliveries are saved and due. Saving the same deliveries again changes nothing. */
export async function saveDeliveries(outbox: Queue, deliveries: readonly Delivery[]): Promise<void> {
  const items = deliveries.map(itemOf);
  await outbox.save(items);
  await hasten(outbox, deliveries, await outbox.ready(items));
}

/** Returns the writes that save the deliveries, for one transaction with their commit. */
export async function savingDeliveries(outbox: Queue, deliveries: readonly Delivery[]): Promise<DeliverySaving> {
  const { writes, waiting } = await outbox.saving(deliveries.map(itemOf));
  return { writes, written: () => hasten(outbox, deliveries, waiting()) };
}

/** `waiting`: the lanes in which older items may wait. */
async function hasten(outbox: Queue, deliveries: readonly Delivery[], waiting: ReadonlySet<string>): Promise<void> {
  for (const one of deliveries) {
    const known = kindOf(one);
    const lane = known?.hastens && known.lane(one);
    if (lane && waiting.has(lane)) await outbox.hasten(lane);
  }
}

export function itemOf(delivery: Delivery): NewItem {
  const { id, kind } = delivery;
  const known = kindOf(delivery);
  const about = known?.about?.(delivery);
  const resource = typeof known?.resource === 'function' ? known.resource(delivery) : known?.resource;
  return {
    id,
    kind,
    payload: delivery,
    order: orderOf(id),
    lane: known?.lane(delivery) ?? 'unknown',
    resource: resource ?? 'any',
    ...(about === undefined ? {} : { about }),
  };
}
