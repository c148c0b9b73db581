// Socket Mode: what Slack sends is saved first and acknowledged after; several sockets, so that a refresh leaves no gap.
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
  /** Slack allows ten for one app; two leave no gap when one is renewed. */
  sockets?: number;
  /** Resolves when all bodies are stored for good; when it rejects, Slack sends them again. */
  save: SaveFor;
  logger: Logger;
  /** Ends the waiting for a Slack that is down. */
  signal?: AbortSignal;
  names?: TokenNames;
}

export interface Receiving {
  identity: Identity;
  /** Closes the sockets; what is being saved is finished first. */
  stop(): Promise<void>;
}

/** Resolves when every socket is open. Rejects with InvalidInput when Slack refuses a token; waits for a Slack that is down. */
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

/** One Bolt receiver of several: each event is saved, and only then acknowledged through the socket that brought it. */
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
    // Bolt's listeners have nothing to do: the inbox does the work.
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
