// What stands in Bolt's place behind a receiver: an event is saved, then acknowledged. The inbox handles it later, and again after a crash.
import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { SAVE_BATCH } from '../limits.ts';
import { webOptions } from '../send/client.ts';
import type { Identity } from '../send/identify.ts';
import { silentSlackLogger } from '../silent-logger.ts';
import { groupSaves, type SaveBodies } from './group-saves.ts';

/** Resolves when all bodies are stored for good. They came to the app of this identity. */
export type SaveFor = (bodies: unknown[], identity: Identity) => Promise<void>;

export interface SaveThenAck {
  /** Rejects, and does not acknowledge, when the body could not be saved: Slack sends it again. */
  processEvent(event: ReceiverEvent): Promise<void>;
  /** Resolves when nothing is being saved. */
  settled(): Promise<void>;
}

export function saveThenAck(saveAll: SaveBodies): SaveThenAck {
  const save = groupSaves(saveAll, SAVE_BATCH);
  const open = new Set<Promise<void>>();
  return {
    async processEvent({ body, ack }) {
      if (!isBody(body)) throw new Error('Slack sent an envelope without a payload.');
      const handled = save(body).then(() => ack());
      open.add(handled);
      await handled.finally(() => open.delete(handled));
    },
    settled: async () => void (await Promise.allSettled(open)),
  };
}

/** Whatever Slack documents is an object. */
export function isBody(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

export interface AppOptions {
  botToken: string;
  identity: Identity;
  apiUrl: string | undefined;
  receiver: Receiver;
}

/** Bolt's App around a receiver of ours. */
export async function makeApp({ botToken, identity, apiUrl, receiver }: AppOptions): Promise<App> {
  const app = new App({
    token: botToken,
    // Given both ids, Bolt does not ask for them again in a promise that nobody holds.
    botId: identity.botId,
    botUserId: identity.botUserId,
    receiver,
    clientOptions: webOptions({ apiUrl }),
    logger: silentSlackLogger(),
    convoStore: false,
    deferInitialization: true,
    tokenVerificationEnabled: false,
  });
  await app.init();
  return app;
}
