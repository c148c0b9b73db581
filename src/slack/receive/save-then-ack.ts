// Takes the place of Bolt's App behind a receiver: saves an event, then acknowledges it. The inbox handles the event
// later.
import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { SAVE_BATCH } from '../limits.ts';
import { webOptions } from '../send/client.ts';
import type { Identity } from '../send/identify.ts';
import { silentSlackLogger } from '../silent-logger.ts';
import { groupSaves, type SaveBodies } from './group-saves.ts';

/** Saves bodies that Slack sent to the app with this identity. Resolves when all of them are stored durably. */
export type SaveFor = (bodies: unknown[], identity: Identity) => Promise<void>;

export interface SaveThenAck {
  /**
   * Saves the event, then acknowledges it. Rejects without an acknowledgement if the save fails; Slack then sends the
   * event again.
   */
  processEvent(event: ReceiverEvent): Promise<void>;
  /** Resolves when no save is running. */
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

/** True for an object. Slack documents no payload that is anything else. */
export function isBody(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

export interface AppOptions {
  botToken: string;
  identity: Identity;
  apiUrl: string | undefined;
  receiver: Receiver;
}

/** Makes a Bolt App that uses our receiver. */
export async function makeApp({ botToken, identity, apiUrl, receiver }: AppOptions): Promise<App> {
  const app = new App({
    token: botToken,
    // Bolt looks up a missing id in an unhandled promise, so both ids are given.
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
