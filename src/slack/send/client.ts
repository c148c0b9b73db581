// Makes the Web API client with retries turned off: the limiter waits, and the outbox retries.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { CALL_TIMEOUT_MS } from '../limits.ts';
import { silentSlackLogger } from '../silent-logger.ts';

export interface ClientOptions {
  token: string;
  /** The URL of a practice Slack; ends in `/api/`. */
  apiUrl?: string | undefined;
  timeoutMs?: number;
  /** Aborts running calls too. */
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

/** A fresh object per user, because Bolt and its receivers modify it. No `headers`: shared ones would send the wrong app's token. */
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
