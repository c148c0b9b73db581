// Keeps one Socket Mode connection open: watches Bolt's receiver and replaces it when its connection ends.
import { type App, SocketModeReceiver } from '@slack/bolt';
import { InvalidInput, Retryable, reasonOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { fetchUntil, webOptions } from '../send/client.ts';
import type { TokenNames } from '../send/identify.ts';
import { patiently } from '../send/patiently.ts';
import { codeOf, translated } from '../send/slack-errors.ts';
import { silentSlackLogger } from '../silent-logger.ts';

export interface SocketOptions {
  appToken: string;
  apiUrl: string | undefined;
  handler: Pick<App, 'processEvent'>;
  logger: Logger;
  names: TokenNames;
}

export interface Socket {
  /** Opens the connection. Resolves when Slack has said hello. Rejects with InvalidInput if Slack refuses the token. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Life {
  ended: Promise<void>;
}

/**
 * The longest wait for Slack's hello, which usually takes less than a second. After this time the connection counts as
 * failed.
 */
const HELLO_MS = 15_000;
/** How long a close waits for the server's answer. */
const CLOSE_MS = 1_000;
/**
 * The retry interval while Slack refuses the token at run time. Somebody has to correct the token or the app in Slack.
 */
const REFUSED_MS = 60_000;

/**
 * Makes one connection. The client's own reconnect is off, for two reasons. It first waits `clientPingTimeout`, and no
 * events arrive meanwhile. If Slack refuses the new connection, it rejects an unhandled promise, which ends the
 * process. This file reconnects instead.
 */
export function makeSocket({ appToken, apiUrl, handler, logger, names }: SocketOptions): Socket {
  const stopping = new AbortController();
  const { signal } = stopping;
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: silentSlackLogger(),
    installerOptions: { clientOptions: { ...webOptions({ apiUrl }), fetch: fetchUntil(signal) } },
    processEventErrorHandler: async ({ error, event }) => {
      logger.warn('slack event not acknowledged', { reason: reasonOf(error), retry: event.retryNum ?? 0 });
      return false;
    },
  });
  const { client } = receiver;
  receiver.init(handler as App);
  guardFrames(client, logger);
  let running: Promise<void> = Promise.resolve();

  async function connect(): Promise<Life> {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    client.once('disconnected', end);
    const hello = setTimeout(() => void client.disconnect(), HELLO_MS);
    try {
      await client.start();
      if (signal.aborted) await client.disconnect();
      signal.throwIfAborted();
      return { ended };
    } catch (error) {
      client.off('disconnected', end);
      throw signal.aborted ? error : socketProblem(error, names.appToken);
    } finally {
      clearTimeout(hello);
    }
  }

  async function live(first: Life): Promise<void> {
    for (let life = first; ; ) {
      await life.ended;
      signal.throwIfAborted();
      logger.info('slack socket closed, opening the next');
      life = await patiently({ logger, signal, what: 'apps.connections.open', at: apiUrl }, () =>
        connect().catch(notForNow),
      );
    }
  }

  return {
    async start() {
      const first = await patiently({ logger, signal, what: 'apps.connections.open', at: apiUrl }, connect);
      running = live(first).catch((error) => {
        if (!signal.aborted) logger.error('slack socket given up', { reason: reasonOf(error) });
      });
    },
    async stop() {
      stopping.abort(new Error('The Slack socket was stopped.'));
      // A second disconnect ends the client's wait for the server's answer.
      const force = setTimeout(() => void client.disconnect(), CLOSE_MS);
      await client.disconnect();
      clearTimeout(force);
      await running;
    },
  };
}

/**
 * Throws Retryable for each refusal at run time, because it may be temporary: somebody may restore a scope or install
 * the app again.
 */
function notForNow(error: unknown): never {
  throw error instanceof Retryable ? error : new Retryable(reasonOf(error), REFUSED_MS, { cause: error });
}

const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'forbidden_team',
  'user_removed_from_team',
  'team_disabled',
]);

export function socketProblem(error: unknown, setting: string): Error {
  const code = codeOf(error);
  if (code !== undefined && refusals.has(code)) {
    const cure =
      'Make an app-level token with the scope connections:write (Slack: your app, Basic Information) and set it there.';
    return new InvalidInput(`Slack refuses ${setting} (${code}). ${cure}`, { cause: error });
  }
  const problem = translated(error, 'apps.connections.open');
  if (problem instanceof Retryable) return problem;
  // The client rejects with undefined if the socket closes before the hello.
  const reason = error === undefined ? 'Slack closed the socket before it said hello.' : reasonOf(problem);
  return new Retryable(reason, undefined, { cause: error });
}

/**
 * Skips malformed frames, such as an event without `event`. The client parses frames in an async listener, so such a
 * frame would be an unhandled rejection.
 */
function guardFrames(client: SocketModeReceiver['client'], logger: Logger): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...frame: unknown[]) => {
    for (const read of readers) {
      Promise.resolve(read(...frame)).catch((error) =>
        logger.warn('slack frame not read', { reason: reasonOf(error) }),
      );
    }
  });
}
