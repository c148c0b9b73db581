// The id of a delivery is `pod:seq:n`: its commit and its position there. The id of a pod may contain colons.

/** The sequence number of the commit. */
export function seqOf(deliveryId: string): number {
  return Number(deliveryId.split(':').at(-2) ?? 0);
}

/** A sort key in the order of the log, independent of process clocks. */
export function orderOf(deliveryId: string): string {
  return deliveryId
    .split(':')
    .slice(-2)
    .map((part) => part.padStart(12, '0'))
    .join('-');
}
