// The Web API client, set so that no call is made twice behind our back: waiting and trying again belong to the limiter and the outbox.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { CALL_TIMEOUT_MS } from '../limits.ts';
import { silentSlackLogger } from '../silent-logger.ts';

export interface ClientOptions {
  token: string;
  /** Another server that speaks Slack's Web API; it ends in `/api/`. */
  apiUrl?: string | undefined;
  timeoutMs?: number;
  /** Ends what is under way, too. */
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

/** A fresh object for each user: Bolt and its receivers write into it. No `headers`: a shared one would carry the wrong app's token. */
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
