// Chooses for how long the cache keeps the system text and tools of an agent. All its sessions share them, so the pauses
// between its requests decide, in whatever conversations they are.
import { type CacheLife, FIVE_MINUTES, HOUR } from './cache-marks.ts';

/** The pauses between requests with one prefix that a mark of five minutes does not outlast. */
export interface Pauses {
  /** How many a mark of an hour outlasts. */
  withinHour: number;
  /** How many no mark outlasts; the first request counts as one. */
  longer: number;
}

/** In the price of an input token: the saving of an hour where the prefix is read (0.1) and not written anew (1.25). */
const SAVED = 1.15;
/** The greater price of an hour where the prefix is written: 2 against 1.25. */
const DEARER = 0.75;
/** The prefixes that are remembered: more than the agents of an organisation that are at work on a day. */
const MOST = 500;

/** Pure. */
export function lifeFor({ withinHour, longer }: Pauses): CacheLife {
  return SAVED * withinHour > DEARER * longer ? '1h' : '5m';
}

/** Notes a request with the prefix at `now` (milliseconds since 1970), and returns the life of its mark. */
export type PrefixLives = (prefix: string, now: number) => CacheLife;

/** It knows the pauses of this process alone: after a restart a prefix is marked for five minutes until it learns. */
export function prefixLives(): PrefixLives {
  const uses = new Map<string, Pauses & { last: number }>();
  return (prefix, now) => {
    const use = uses.get(prefix) ?? { withinHour: 0, longer: 0, last: Number.NEGATIVE_INFINITY };
    const pause = now - use.last;
    const noted = {
      withinHour: use.withinHour + Number(pause > FIVE_MINUTES && pause <= HOUR),
      longer: use.longer + Number(pause > HOUR),
      last: now,
    };
    uses.delete(prefix);
    uses.set(prefix, noted);
    const [oldest] = uses.keys();
    if (uses.size > MOST && oldest !== undefined) uses.delete(oldest);
    return lifeFor(noted);
  };
}
