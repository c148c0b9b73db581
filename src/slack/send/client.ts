// Makes the Web API client. Its own retries are turned off: the limiter waits, and the outbox retries.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { CALL_TIMEOUT_MS } from '../limits.ts';
import { silentSlackLogger } from '../silent-logger.ts';

export interface ClientOptions {
  token: string;
  /** The URL of a practice Slack. It ends in `/api/`. */
  apiUrl?: string | undefined;
  timeoutMs?: number;
  /** Aborts running calls, and makes new ones fail. */
  signal?: AbortSignal;
}

export function makeClient({ token, apiUrl, timeoutMs = CALL_TIMEOUT_MS, signal }: ClientOptions): WebClient {
  return new WebClient(token, {
    ...webOptions({ apiUrl, timeoutMs }),
    ...(signal ? { fetch: fetchUntil(signal) } : {}),
  });
}

export function fetchUntil(signal: AbortSignal): typeof fetch {
  return (url, init) => fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal });
}

/**
 * Returns a new object for each caller, because Bolt and its receivers modify it. Has no `headers`, because shared ones
 * would send the token of another app.
 */
export function webOptions({ apiUrl, timeoutMs = CALL_TIMEOUT_MS }: Omit<ClientOptions, 'token'>): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: timeoutMs,
    logger: silentSlackLogger(),
  };
}
