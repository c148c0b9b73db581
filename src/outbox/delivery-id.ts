// The id of a delivery is `pod:seq:n`: the commit that wished it, and its place there. A pod's own id may hold colons.

/** The number of the commit. */
export function seqOf(deliveryId: string): number {
  return Number(deliveryId.split(':').at(-2) ?? 0);
}

/** Sorts as the log goes, whatever the clocks of the processes say. */
export function orderOf(deliveryId: string): string {
  return deliveryId
    .split(':')
    .slice(-2)
    .map((part) => part.padStart(12, '0'))
    .join('-');
}
