// The mail name of a pod: `launch` in launch@…. It is claimed on the org log, so that it is unique.
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface AddressDoc extends ViewDoc {
  slug: string;
  /** The id of the pod that has this name. */
  of: string;
}

export const ADDRESSES = ref<AddressDoc>('addresses');

export type AddressChange = { v: 1; on: 'addresses'; id: string; type: 'address_claimed'; slug: string; of: string };

export function addressId(slug: string): string {
  return `address:${slug}`;
}

/** The first claim to a name wins. */
export function evolveAddress(
  doc: AddressDoc | undefined,
  change: AddressChange,
  _meta: Meta,
): Own<AddressDoc> | undefined {
  return doc ?? { slug: change.slug, of: change.of };
}
