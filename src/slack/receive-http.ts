// HTTP mode: the same as Socket Mode behind a web server of ours; Bolt checks the signature, and the 200 goes out after the save.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type App, HTTPReceiver } from '@slack/bolt';
import { InvalidInput, reasonOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { makeClient } from './client.ts';
import type { SaveBodies } from './group-saves.ts';
import { type Identity, identify, mainTokens, type TokenNames } from './identify.ts';
import { makeApp, saveThenAck } from './save-then-ack.ts';
import { silentSlackLogger } from './silent-logger.ts';

export interface HttpReceiverOptions {
  botToken: string;
  signingSecret: string;
  apiUrl?: string | undefined;
  /** The path that Slack posts to; more than one app on a server needs more than one. */
  path?: string;
  save: SaveBodies;
  log: Log;
  signal?: AbortSignal;
  names?: TokenNames;
}

export interface HttpReceiving {
  identity: Identity;
  /** For the web server. Answers everything it is given: 401 for a wrong signature, 404 for another path, 500 when the save failed. */
  requestListener(req: IncomingMessage, res: ServerResponse): void;
  stop(): Promise<void>;
}

export async function startHttpReceiver(options: HttpReceiverOptions): Promise<HttpReceiving> {
  const { botToken, signingSecret, apiUrl, path = '/slack/events', save, log, names = mainTokens } = options;
  if (signingSecret === '') {
    throw new InvalidInput('SLACK_SIGNING_SECRET is empty. Copy it from Slack (your app, Basic Information).');
  }
  const signal = options.signal ?? new AbortController().signal;
  const identity = await identify({ client: makeClient({ token: botToken, apiUrl }), log, signal, names });
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [path],
    logger: silentSlackLogger(),
    processEventErrorHandler: async ({ error, response }) => {
      log.warn('slack event not acknowledged', { reason: reasonOf(error) });
      if (!response.headersSent) answer(response, 500);
      return true;
    },
    unhandledRequestHandler: ({ response }) => {
      log.warn('slack event not saved in time');
      if (!response.headersSent) answer(response, 503);
    },
  });
  await makeApp({ botToken, identity, apiUrl, receiver });
  // Takes the App's place at the receiver, which holds the last one it was given.
  const handler = saveThenAck(save);
  receiver.init(handler as unknown as App);
  return {
    identity,
    requestListener(req, res) {
      try {
        receiver.requestListener(req, res);
      } catch {
        // Bolt throws for a path or method that is not its own.
        answer(res, 404);
      }
    },
    stop: () => handler.settled(),
  };
}

function answer(res: ServerResponse, status: number): void {
  res.writeHead(status);
  res.end();
}
