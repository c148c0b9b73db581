// Slack's limits in a twentieth of their time: the product paces its calls by them, and a test would wait for little else.
import { setTimeout as delay } from 'node:timers/promises';
import { Retryable } from '../src/errors.ts';
import { type Limiter, makeLimiter } from '../src/slack/send/limiter.ts';

const TIMES = 20;

export function briskLimiter(): Limiter {
  const limiter = makeLimiter({ now: () => performance.now() * TIMES, sleep: (ms) => delay(Math.ceil(ms / TIMES)) });
  return {
    ...limiter,
    // A call that is to come back later does so in a twentieth of the time, too.
    take: (method, channel) =>
      limiter.take(method, channel).catch((error: unknown) => {
        if (!(error instanceof Retryable) || error.retryAfterMs === undefined) throw error;
        throw new Retryable(error.message, Math.ceil(error.retryAfterMs / TIMES), { cause: error });
      }),
  };
}
