// The id of a delivery is `pod:seq:n`: its commit, and its position among the commit's deliveries. A pod's id may
// contain colons.

/** Returns the sequence number of the delivery's commit. */
export function seqOf(deliveryId: string): number {
  return Number(deliveryId.split(':').at(-2) ?? 0);
}

/** Returns a sort key that follows the order of the log and does not depend on the clocks of processes. */
export function orderOf(deliveryId: string): string {
  return deliveryId
    .split(':')
    .slice(-2)
    .map((part) => part.padStart(12, '0'))
    .join('-');
}
