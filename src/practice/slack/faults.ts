// Rate limits as Slack counts them, and faults that tests inject into the next calls of a method.
import type { Tier } from './api/method.ts';

/** A fault of a call. `drop-reply`: the call takes effect, and then the socket is destroyed without an answer. */
export type Fault =
  | { kind: 'drop-reply' }
  | { kind: 'delay'; ms: number }
  | { kind: 'status'; status: number }
  | { kind: 'refuse'; error: string }
  | { kind: 'rate-limit'; retryAfter: number };

export interface Faults {
  /** Makes the next `calls` calls of `method` (or of `*`, any method) fail with this fault. */
  inject(method: string, fault: Fault, calls?: number): void;
  take(method: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let queue: { method: string; fault: Fault; calls: number }[] = [];
  return {
    inject: (method, fault, calls = 1) => void queue.push({ method, fault, calls }),
    take(method) {
      const next = queue.find((entry) => entry.method === method || entry.method === '*');
      if (next === undefined) return undefined;
      next.calls -= 1;
      queue = queue.filter((entry) => entry.calls > 0);
      return next.fault;
    },
    clear: () => {
      queue = [];
    },
  };
}

const MINUTE = 60_000;
const PER_MINUTE: Record<Exclude<Tier, 'posting'>, number> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 };

export interface RateLimiter {
  /** Returns the seconds until the call is allowed. Undefined if it is allowed now. */
  wait(method: string, tier: Tier, channel: string, now: number): number | undefined;
}

/** Counts calls in a sliding minute per method. Allows one posted message per second and channel, with short bursts. */
export function createRateLimiter(): RateLimiter {
  const calls = new Map<string, number[]>();
  return {
    wait(method, tier, channel, now) {
      const posting = tier === 'posting';
      const key = posting ? `${method}:${channel}` : method;
      const [window, limit] = posting ? [5_000, 5] : [MINUTE, PER_MINUTE[tier]];
      const recent = (calls.get(key) ?? []).filter((at) => at > now - window);
      const [oldest] = recent;
      if (oldest !== undefined && recent.length >= limit) {
        calls.set(key, recent);
        return Math.max(1, Math.ceil((oldest + window - now) / 1000));
      }
      calls.set(key, [...recent, now]);
      return undefined;
    },
  };
}
