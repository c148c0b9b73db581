// The row numbers of the index of words. A row with a higher rank has a higher number, and then a newer one, so a query reads
// the best rows first and stops.

/** The lowest bits tell apart the postings of one rank and one millisecond; 42 bits hold the time, up to the year 2109. */
const SAME_BITS = 19;
const [MOST_RANK, MOST_AT] = [3, 2 ** 42 - 1];

/** The postings whose number differs in these bits alone are in no order. */
export const SAME_MASK = 2 ** SAME_BITS - 1;

/**
 * Returns SQL for the lowest number of the postings with this rank and time. A number is larger than a double can hold
 * exactly, so it is computed and compared in SQL alone.
 */
export function firstNumber(rank: string, at: string): string {
  const within = (value: string, most: number) => `min(max(CAST(${value} AS INTEGER), 0), ${most})`;
  return `((${within(rank, MOST_RANK)} << 61) + (${within(at, MOST_AT)} << ${SAME_BITS}))`;
}
