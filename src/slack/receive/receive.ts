// Receives events by Socket Mode: saves each event, then acknowledges it. Opens several sockets, so that no event waits
// for a reconnect.
import type { Receiver } from '@slack/bolt';
import { InvalidInput } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { makeClient } from '../send/client.ts';
import { type Identity, identify, mainTokens, type TokenNames } from '../send/identify.ts';
import { makeApp, type SaveFor, saveThenAck } from './save-then-ack.ts';
import { makeSocket } from './socket.ts';

export interface ReceiverOptions {
  botToken: string;
  appToken: string;
  apiUrl?: string | undefined;
  /** How many sockets are open. Slack allows ten per app. With two, one still receives while the other reconnects. */
  sockets?: number;
  /** Saves the bodies. Resolves when all are stored durably. If it rejects, Slack sends the events again. */
  save: SaveFor;
  logger: Logger;
  /** Aborts the wait while Slack is down. */
  signal?: AbortSignal;
  names?: TokenNames;
}

export interface Receiving {
  identity: Identity;
  /** Waits until running saves are finished, then closes the sockets. */
  stop(): Promise<void>;
}

/**
 * Opens the sockets and resolves when all are open. Waits while Slack is down. Rejects with InvalidInput if Slack
 * refuses a token.
 */
export async function startReceiver(options: ReceiverOptions): Promise<Receiving> {
  const { botToken, appToken, apiUrl, logger, names = mainTokens } = options;
  refuseSwapped(options, names);
  const signal = options.signal ?? new AbortController().signal;
  const identity = await identify({
    client: makeClient({ token: botToken, apiUrl, signal }),
    apiUrl,
    appToken,
    logger,
    signal,
    names,
  });
  const receiver = manySockets({ ...options, identity, names, signal });
  const app = await makeApp({ botToken, identity, apiUrl, receiver });
  await app.start();
  logger.info('slack connected', { team: identity.teamId, sockets: options.sockets ?? 2 });
  return { identity, stop: async () => void (await app.stop()) };
}

type ManySockets = ReceiverOptions & { identity: Identity; names: TokenNames; signal: AbortSignal };

/**
 * Makes a Bolt receiver with several sockets. It saves each event, then acknowledges it on the socket that delivered
 * it.
 */
function manySockets({
  appToken,
  apiUrl,
  sockets: count = 2,
  save,
  identity,
  logger,
  names,
  signal,
}: ManySockets): Receiver {
  const handler = saveThenAck((bodies) => save(bodies, identity));
  const sockets = Array.from({ length: count }, () => makeSocket({ appToken, apiUrl, handler, logger, names }));
  const stop = async () => {
    await handler.settled();
    await Promise.all(sockets.map((socket) => socket.stop()));
    await handler.settled();
  };
  return {
    // Bolt's listeners are not used: the inbox handles the events.
    init() {},
    async start() {
      signal.addEventListener('abort', () => void stop(), { once: true });
      try {
        await Promise.all(sockets.map((socket) => socket.start()));
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}

function refuseSwapped({ botToken, appToken }: ReceiverOptions, names: TokenNames): void {
  if (botToken.startsWith('xapp-')) {
    throw new InvalidInput(
      `${names.botToken} holds an app-level token. It needs the bot token, which begins with xoxb-.`,
    );
  }
  if (/^xox[a-z]-/.test(appToken)) {
    throw new InvalidInput(
      `${names.appToken} holds a bot or user token. It needs the app-level token, which begins with xapp-.`,
    );
  }
}
