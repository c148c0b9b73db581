// Saves deliveries in the outbox: each in its lane, in the log's order, with the lease that it needs.
import type { NewItem, Queue } from '../lanes/queue.ts';
import type { Delivery } from '../pods/deliveries.ts';
import { orderOf } from './delivery-id.ts';
import { kindOf } from './kinds.ts';

/** Resolves when the deliveries are saved and due. Saving the same deliveries again changes nothing. */
export async function saveDeliveries(outbox: Queue, deliveries: readonly Delivery[]): Promise<void> {
  const items = deliveries.map(itemOf);
  await outbox.save(items);
  const waiting = await outbox.ready(items);
  for (const [n, one] of deliveries.entries()) {
    const lane = items[n]?.lane ?? '';
    if (waiting.has(lane) && kindOf(one)?.hastens) await outbox.hasten(lane);
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
