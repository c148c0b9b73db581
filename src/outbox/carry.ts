// Carries out deliveries from the queue, each as its kind defines.
import { InvalidInput } from '../errors.ts';
import type { Item } from '../lanes/item.ts';
import type { Delivery } from '../pods/deliveries.ts';
import { kindOf } from './kinds.ts';
import type { Parts } from './parts.ts';

export async function carry(parts: Parts, item: Item, signal: AbortSignal): Promise<void> {
  const delivery = deliveryOf(item);
  const known = kindOf(delivery);
  if (!known)
    throw new InvalidInput(`This Skein does not know deliveries of the kind “${item.kind}”. Update it, then retry.`);
  await known.carry(parts, delivery, signal, item.seen);
}

/** Called before a delivery is set aside. Reports that to the people who wait for its effect. */
export async function reportAside(parts: Parts, item: Item, error: unknown): Promise<void> {
  const delivery = deliveryOf(item);
  await kindOf(delivery)?.onAside?.(parts, delivery, error);
}

/** Returns how far a delivery has got whose process died. */
export async function progressOf(parts: Parts, item: Item): Promise<string> {
  const delivery = deliveryOf(item);
  return (await kindOf(delivery)?.progress?.(parts, delivery)) ?? '';
}

/** Called when a delivery failed and will be retried. */
export async function reportRetry(parts: Parts, item: Item, error: unknown, waitMs: number): Promise<void> {
  const delivery = deliveryOf(item);
  await kindOf(delivery)?.onRetry?.(parts, delivery, error, { attempts: item.attempts + 1, waitMs });
}

export function deliveryOf(item: Item): Delivery {
  return JSON.parse(item.payload) as Delivery;
}
