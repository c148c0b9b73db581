// Slack's limits in a twentieth of their time: the product paces its calls by them, and a test would wait for little else.
import { setTimeout as delay } from 'node:timers/promises';
import { type Limiter, makeLimiter } from '../src/slack/send/limiter.ts';

const TIMES = 20;

export function briskLimiter(): Limiter {
  return makeLimiter({ now: () => performance.now() * TIMES, sleep: (ms) => delay(Math.ceil(ms / TIMES)) });
}
