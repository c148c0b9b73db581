// Carrying a delivery: one line for each kind, closed with never. What each kind promises stands beside its function.
import { InvalidInput } from '../errors.ts';
import type { Item } from '../lanes/item.ts';
import type { Act } from '../log/act.ts';
import type { Delivery } from '../pods/deliveries.ts';

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>;

export interface Carriers {
  act: Act;
  /** Looked up before it is sent again. */
  post(delivery: Of<'post'>): Promise<void>;
  /** Idempotent: the message as it is now. */
  update(delivery: Of<'update'>): Promise<void>;
  /** Idempotent: gone is gone. */
  unpost(delivery: Of<'unpost'>): Promise<void>;
  /** At least once, byte-identical. */
  mail(delivery: Of<'mail'>): Promise<void>;
  /** Looked up before it is sent again; by mail, the same mail again. */
  held(delivery: Of<'held'>): Promise<void>;
  /** Idempotent: the mail is saved under the quarantine's id. */
  admit(delivery: Of<'admit'>): Promise<void>;
  /** Looked up before it is sent again; by mail, the same mail again. */
  digest(delivery: Of<'digest'>, signal: AbortSignal): Promise<void>;
  /** Idempotent: the transcript says what is left to do. */
  wake(delivery: Of<'wake'>, signal: AbortSignal): Promise<void>;
  halt(delivery: Of<'halt'>): Promise<void>;
  erase(delivery: Of<'erase'>): Promise<void>;
}

export async function carry(carriers: Carriers, item: Item, signal: AbortSignal): Promise<void> {
  const delivery = deliveryOf(item);
  switch (delivery.kind) {
    case 'post':
      return carriers.post(delivery);
    case 'update':
      return carriers.update(delivery);
    case 'unpost':
      return carriers.unpost(delivery);
    case 'mail':
      return carriers.mail(delivery);
    case 'held':
      return carriers.held(delivery);
    case 'admit':
      return carriers.admit(delivery);
    case 'digest':
      return carriers.digest(delivery, signal);
    case 'wake':
      return carriers.wake(delivery, signal);
    case 'halt':
      return carriers.halt(delivery);
    case 'erase':
      return carriers.erase(delivery);
    case 'act': {
      const { in: pod, actor, action, input, key, origin } = delivery;
      await carriers.act({ pod, actor, via: 'skein', action, input, key, ...(origin ? { origin } : {}) });
      return;
    }
    default:
      delivery satisfies never;
      throw new InvalidInput(`This Skein does not know deliveries of the kind “${item.kind}”. Update it, then retry.`);
  }
}

export function deliveryOf(item: Item): Delivery {
  return JSON.parse(item.payload) as Delivery;
}

/** The number of the commit that a delivery belongs to: its id is `pod:seq:n`. */
export function seqOf(deliveryId: string): number {
  return Number(deliveryId.split(':').at(-2) ?? 0);
}
