// Keeps calls within Slack's rate limits: paces them per method, and posts also per channel. After a 429, only that
// method pauses.
import { setTimeout as delay } from 'node:timers/promises';
import { Retryable } from '../../errors.ts';
import { LONGEST_WAIT_MS, POST_BURST, POSTS_PER_MINUTE, TIER_PER_MINUTE } from '../limits.ts';

export interface Limiter {
  /** Resolves when the call may be made. Rejects with Retryable if the wait would exceed LONGEST_WAIT_MS. */
  take(method: string, channel?: string): Promise<void>;
  /** Blocks all calls of this method for `ms` milliseconds. Call it after a 429. */
  pause(method: string, ms: number): void;
}

export interface LimiterOptions {
  /** Returns the time of a monotonic clock, in milliseconds. */
  now?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
  longestWaitMs?: number;
}

/** `every`: milliseconds per call in the long run. `burst`: how many calls may be made at once after a pause. */
interface Pace {
  every: number;
  burst: number;
  perChannel?: true;
}

const posting: Pace = { every: 60_000 / POSTS_PER_MINUTE, burst: POST_BURST, perChannel: true };
const tier = (n: keyof typeof TIER_PER_MINUTE): Pace => ({
  every: 60_000 / TIER_PER_MINUTE[n],
  burst: Math.max(1, Math.floor(TIER_PER_MINUTE[n] / 5)),
});

/**
 * The pace of each method, by its tier in https://docs.slack.dev/reference/methods. Methods with a "special" tier are
 * paced like posts or like tier 4.
 */
const paces: Record<string, Pace> = {
  'chat.postMessage': posting,
  'chat.postEphemeral': posting,
  'assistant.threads.setStatus': posting,
  'agents.sessions.setStatus': posting,
  'chat.update': tier(3),
  'chat.delete': tier(3),
  'reactions.add': tier(3),
  'reactions.remove': tier(2),
  'conversations.history': tier(3),
  'conversations.replies': tier(3),
  'conversations.info': tier(3),
  'conversations.open': tier(3),
  'conversations.invite': tier(3),
  'conversations.kick': tier(3),
};
const otherwise = tier(4);

const REMEMBERED_LANES = 1_000;

interface Lane {
  /** When the next call would be due if calls were evenly spaced (the "theoretical arrival time" of GCRA). */
  due: number;
  /** The queue of waiting callers. */
  line: Promise<unknown>;
  waiting: number;
}

export function makeLimiter(options: LimiterOptions = {}): Limiter {
  const { now = () => performance.now(), sleep = delay, longestWaitMs = LONGEST_WAIT_MS } = options;
  const lanes = new Map<string, Lane>();
  const pausedUntil = new Map<string, number>();

  async function turn(method: string, lane: Lane, pace: Pace): Promise<void> {
    for (;;) {
      const free = Math.max(lane.due - (pace.burst - 1) * pace.every, pausedUntil.get(method) ?? 0);
      const wait = Math.ceil(free - now());
      if (wait <= 0) break;
      if (wait > longestWaitMs) throw new Retryable(`Slack's limit for ${method} is reached.`, wait);
      await sleep(wait);
    }
    lane.due = Math.max(lane.due, now()) + pace.every;
  }

  function laneOf(name: string): Lane {
    const known = lanes.get(name);
    if (known) return known;
    if (lanes.size >= REMEMBERED_LANES) forget(lanes, now());
    const lane = { due: 0, line: Promise.resolve(), waiting: 0 };
    lanes.set(name, lane);
    return lane;
  }

  return {
    async take(method, channel = '') {
      const pace = paces[method] ?? otherwise;
      const lane = laneOf(pace.perChannel ? `${method} ${channel}` : method);
      lane.waiting += 1;
      const mine = lane.line.then(() => turn(method, lane, pace));
      lane.line = mine.catch(() => {});
      await mine.finally(() => {
        lane.waiting -= 1;
      });
    },
    pause(method, ms) {
      pausedUntil.set(method, Math.max(pausedUntil.get(method) ?? 0, now() + ms));
    },
  };
}

/** Deletes idle lanes. A lane whose pause is over behaves as a new one. */
function forget(lanes: Map<string, Lane>, now: number): void {
  for (const [name, lane] of lanes) if (lane.waiting === 0 && lane.due <= now) lanes.delete(name);
}
