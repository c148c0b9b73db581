// Chooses where a request is marked for the prompt cache: after which messages, and for how long each is kept there.
// A mark does not change the prefix that is cached (platform.claude.com/docs/en/build-with-claude/prompt-caching).
//
// The API takes four marks, finds an entry only within 20 blocks before a mark, keeps it for five minutes or an hour
// from its last use, and wants the marks of an hour first. One mark is always on the system text.

/** `ends`: the numbers of messages after which the request is marked for as long as their `life`, in rising order. */
export interface CacheMarks {
  ends: readonly { message: number; life: CacheLife }[];
  /** The life of the mark at the end of the request. */
  last: CacheLife;
  /** The life of the mark on the system text, which is never shorter than those of the marks after it. Absent: `5m`. */
  system?: CacheLife;
}

export type CacheLife = '5m' | '1h';

/** One request of the session, the oldest first. */
export interface PastRequest {
  /** The number of its last message. */
  end: number;
  /** The run that made it. */
  run: string;
  /** When it was sent, in milliseconds since 1970. */
  at: number;
  /** The length of its messages, without system and tools, in tokens. */
  tokens: number;
}

export const FIVE_MINUTES = 300_000;
export const HOUR = 3_600_000;

/** In input tokens, for each token: how much more a mark of an hour costs than one of five minutes (2 against 1.25). */
const DEARER = 0.75;
/** The saving once the five minutes are over: a token is read (0.1) and not written anew (1.25). */
const SAVED = 1.15;
/** The share of pauses between five minutes and an hour that is assumed before the conversation has had any. */
const PRIOR = 0.5;

/**
 * Returns the marks of the newest request. The end of the request before it is marked, since a turn with ten calls has
 * more blocks than the API looks back. The end of a run's first request is marked for an hour if the pauses of this
 * conversation make that worth its price, and the first request of the next run is marked there too, to find it.
 */
export function cacheMarks(requests: readonly PastRequest[]): CacheMarks {
  const newest = requests.at(-1);
  if (!newest) return { ends: [], last: '5m' };
  const stretches = stretchesOf(requests);
  const ofHour = [...worthAnHour(stretches).entries()].flatMap(([n, worth]) => (worth ? [n] : []));
  const now = stretches.length - 1;
  const { first, pause } = stretches[now] as Stretch;
  // The mark of the stretch before is found again only where this one begins, and only within the hour.
  const begins = first === newest && pause <= HOUR;
  const kept = ofHour.filter((n) => n === now || (begins && n === now - 1)).map((n) => stretches[n]?.first.end ?? 0);
  const hour = Math.max(-1, ...kept);
  const lifeAt = (message: number): CacheLife => (message <= hour ? '1h' : '5m');
  const marked = new Set([...kept, requests.at(-2)?.end ?? newest.end]);
  marked.delete(newest.end);
  const ends = [...marked].sort((a, b) => a - b).map((message) => ({ message, life: lifeAt(message) }));
  return { ends, last: lifeAt(newest.end) };
}

/** Returns the marks with one on the system text that lives as long as `prefix` says, or as the longest after it. */
export function withSystem(marks: CacheMarks, prefix: CacheLife): CacheMarks {
  const after = [...marks.ends.map(({ life }) => life), marks.last];
  return { ...marks, system: after.includes('1h') ? '1h' : prefix };
}

/** Requests that follow each other soon enough for the short life. */
interface Stretch {
  first: PastRequest;
  /** The request before it. */
  before?: PastRequest | undefined;
  /** The time since then, in milliseconds. */
  pause: number;
}

/** A stretch begins with each run, and where a run went on after it had waited for longer than the short life. */
function stretchesOf(requests: readonly PastRequest[]): Stretch[] {
  return requests.flatMap((first, n) => {
    const before = requests[n - 1];
    const pause = before ? first.at - before.at : Number.POSITIVE_INFINITY;
    return before?.run === first.run && pause <= FIVE_MINUTES ? [] : [{ first, before, pause }];
  });
}

/**
 * Returns for each stretch whether a mark of an hour where it begins is expected to save more than it costs. It costs
 * more for the tokens that are not in the cache then, and saves on all of them if the next pause is a long one.
 */
function worthAnHour(stretches: readonly Stretch[]): boolean[] {
  const worth: boolean[] = [];
  let useful = 0;
  for (const [n, { first, before, pause }] of stretches.entries()) {
    if (pause > FIVE_MINUTES && pause <= HOUR) useful += 1;
    const kept = pause <= FIVE_MINUTES ? before : pause <= HOUR && worth[n - 1] ? stretches[n - 1]?.first : undefined;
    const chance = (useful + PRIOR) / (n + 1);
    worth.push(chance * SAVED * first.tokens > DEARER * (first.tokens - (kept?.tokens ?? 0)));
  }
  return worth;
}
