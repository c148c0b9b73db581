// Receives events by HTTP. Bolt checks the signature. The answer 200 is sent after the event is saved.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type App, HTTPModuleFunctions, HTTPReceiver } from '@slack/bolt';
import { InvalidInput, reasonOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { makeClient } from '../send/client.ts';
import { type Identity, identify, mainTokens, type TokenNames } from '../send/identify.ts';
import { silentSlackLogger } from '../silent-logger.ts';
import { isBody, makeApp, type SaveFor, saveThenAck } from './save-then-ack.ts';

export interface HttpReceiverOptions {
  botToken: string;
  signingSecret: string;
  apiUrl?: string | undefined;
  /** The path that Slack posts to. If several apps share one server, each app needs its own path. */
  path?: string;
  save: SaveFor;
  logger: Logger;
  signal?: AbortSignal;
  names?: TokenNames;
}

export interface HttpReceiving {
  identity: Identity;
  /**
   * Handles a request. Answers 401 for a wrong signature, 400 for a body that is no object, 404 for another path, 500
   * if the save failed.
   */
  requestListener(req: IncomingMessage, res: ServerResponse): void;
  stop(): Promise<void>;
}

export async function startHttpReceiver(options: HttpReceiverOptions): Promise<HttpReceiving> {
  const { botToken, signingSecret, apiUrl, path = '/slack/events', save, logger, names = mainTokens } = options;
  if (signingSecret === '') {
    throw new InvalidInput('SLACK_SIGNING_SECRET is empty. Copy it from Slack (your app, Basic Information).');
  }
  const signal = options.signal ?? new AbortController().signal;
  const identity = await identify({
    client: makeClient({ token: botToken, apiUrl, signal }),
    apiUrl,
    logger,
    signal,
    names,
  });
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [path],
    logger: silentSlackLogger(),
    processEventErrorHandler: async ({ error, response }) => {
      logger.warn('slack event not acknowledged', { reason: reasonOf(error) });
      if (!response.headersSent) answer(response, 500);
      return true;
    },
    unhandledRequestHandler: ({ response }) => {
      logger.warn('slack event not saved in time');
      if (!response.headersSent) answer(response, 503);
    },
  });
  await makeApp({ botToken, identity, apiUrl, receiver });
  // Replaces Bolt's App as the handler: a receiver calls the app that it was last initialised with.
  const handler = saveThenAck((bodies) => save(bodies, identity));
  receiver.init(handler as unknown as App);
  return {
    identity,
    requestListener(req, res) {
      if (req.method !== 'POST' || pathOf(req) !== path) return answer(res, 404);
      void refusal(req, signingSecret)
        .then((refused) => {
          if (!refused) return receiver.requestListener(req, res);
          if (refused.problem) logger.warn('slack body not read', { reason: refused.problem });
          answer(res, refused.status);
        })
        .catch((error: unknown) => {
          logger.warn('slack event not acknowledged', { reason: reasonOf(error) });
          if (!res.headersSent) answer(res, 500);
        });
    },
    stop: () => handler.settled(),
  };
}

interface Refused {
  status: number;
  /** The sentence to log. Absent for an unsigned body: anybody can send one, and it is not logged. */
  problem?: string;
}

/**
 * Returns why the body is refused; undefined if it is accepted. Bolt would read the body in an unhandled promise, so a
 * signed `null` would end the process.
 */
async function refusal(req: IncomingMessage, signingSecret: string): Promise<Refused | undefined> {
  const { parseAndVerifyHTTPRequest, parseHTTPRequestBody, isRawBodyError, defaultBodyLimit } = HTTPModuleFunctions;
  try {
    // Leaves the raw bytes in the request, because Bolt reads them there.
    await parseAndVerifyHTTPRequest({ signingSecret, bodyLimit: defaultBodyLimit }, req);
  } catch (error) {
    return { status: isRawBodyError(error) && error.statusCode === 413 ? 413 : 401 };
  }
  try {
    const body: unknown = parseHTTPRequestBody(req as Parameters<typeof parseHTTPRequestBody>[0]);
    return isBody(body) ? undefined : { status: 400, problem: 'It is no JSON object.' };
  } catch {
    return { status: 400, problem: 'It is neither JSON nor a form.' };
  }
}

function pathOf({ url = '' }: IncomingMessage): string | undefined {
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : undefined;
}

function answer(res: ServerResponse, status: number): void {
  res.writeHead(status);
  res.end();
}
