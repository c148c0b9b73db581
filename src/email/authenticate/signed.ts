// The parts of a mail that its signatures cover. Pure.
/**
 * `counts`: how many copies of each header are signed, counted from the bottom up (RFC 6376 section 5.4.2). A missing
 * header can be signed as absent.
 */
export interface Signed {
  counts: ReadonlyMap<string, number>;
  isPartial: boolean;
}

export function covers({ counts }: Signed, header: string): boolean {
  return (counts.get(header) ?? 0) > 0;
}
