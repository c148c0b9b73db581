// What signatures cover of a mail. Pure.
/** How many lines of a name are signed, counted from the bottom up (RFC 6376 section 5.4.2); a line that is not there can be signed as absent. */
export interface Signed {
  counts: ReadonlyMap<string, number>;
  isPartial: boolean;
}

export function covers({ counts }: Signed, header: string): boolean {
  return (counts.get(header) ?? 0) > 0;
}
