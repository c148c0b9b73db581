// Checks the Slack app's settings for the doctor: the bot token, Socket Mode, or the URL that receives events by HTTP.
import { createHmac, randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'undici';
import { InvalidInput, NotFound, Retryable, reasonOf } from '../errors.ts';
import { socketProblem } from './receive/socket.ts';
import { webOptions } from './send/client.ts';
import { askSlack, type Identity, mainTokens } from './send/identify.ts';

export interface TokenFound extends Pick<Identity, 'teamId' | 'teamName' | 'botUserId'> {
  bot: string;
  /** The token's scopes; absent if the server does not list them. */
  scopes?: string[];
}

interface Token {
  token: string;
  apiUrl?: string | undefined;
}

/**
 * Returns the workspace, the bot and the scopes of the token. @throws InvalidInput if Slack refuses the token,
 * Retryable if Slack can't be reached
 */
export async function checkToken(token: Token, signal: AbortSignal, names = mainTokens): Promise<TokenFound> {
  const { team, team_id, user, user_id, bot_id, response_metadata } = await askSlack(clientOf(token, signal), names);
  if (!bot_id)
    throw new InvalidInput(
      `${names.botToken} is not the token of a bot. Use the one that begins with xoxb- (Slack: your app, OAuth & Permissions).`,
    );
  const scopes = response_metadata?.scopes;
  return {
    ...{ teamId: team_id ?? '', teamName: team ?? 'unknown', botUserId: user_id ?? '', bot: user ?? 'unknown' },
    ...(scopes ? { scopes } : {}),
  };
}

/**
 * Opens a socket, waits until Slack says hello, and closes it. Acknowledges no event, so Slack sends the events that
 * arrive meanwhile again.
 */
export async function checkSocket(token: Token, signal: AbortSignal, names = mainTokens): Promise<{ sockets: number }> {
  const answer = await clientOf(token, signal)
    .apps.connections.open({})
    .catch((error: unknown) => {
      throw socketProblem(error, names.appToken);
    });
  if (!answer.url) throw new Retryable('Slack gave no address for a socket.');
  const socket = new WebSocket(answer.url);
  try {
    return await helloOf(socket, signal);
  } finally {
    await closed(socket);
  }
}

const helloSays = /"type"\s*:\s*"hello"/;

function helloOf(socket: WebSocket, signal: AbortSignal): Promise<{ sockets: number }> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Retryable(`The socket to Slack did not open: ${why}.`));
    signal.addEventListener('abort', () => fail('it took too long'), { once: true });
    socket.addEventListener('error', ({ message }) => fail(message || 'the connection failed'));
    socket.addEventListener('close', () => fail('Slack closed it before it said hello'));
    socket.addEventListener('message', ({ data }) => {
      const text = String(data);
      if (helloSays.test(text)) resolve({ sockets: Number(/"num_connections"\s*:\s*(\d+)/.exec(text)?.[1] ?? 1) });
    });
  });
}

async function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const gone = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true });
  });
  socket.close(1000);
  await gone;
}

/** Sends a url_verification request to the events URL, signed as Slack signs it. */
export async function checkEvents(
  { signingSecret, url, secret = 'SLACK_SIGNING_SECRET' }: { signingSecret: string; url: string; secret?: string },
  signal: AbortSignal,
): Promise<void> {
  const challenge = randomUUID();
  const body = JSON.stringify({ type: 'url_verification', token: 'doctor', challenge });
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${signature}`,
  };
  const response = await fetch(url, { method: 'POST', headers, body, signal }).catch((error: unknown) => {
    throw new Retryable(`Nothing answers at ${url} (${whyOf(error)}).`, undefined, { cause: error });
  });
  const text = await response.text();
  if (response.status === 200 && text.includes(challenge)) return;
  if (response.status === 401)
    throw new InvalidInput(
      `${url} does not take the signature. Give the server and this command the same ${secret}, and set its clock right.`,
    );
  throw new NotFound(
    `${url} answers ${response.status}, and not as Skein does when Slack asks. Start Skein with ${secret} and without ${secret.replace('SIGNING_SECRET', 'APP_TOKEN')}, and lead that address to it.`,
  );
}

function clientOf({ token, apiUrl }: Token, signal: AbortSignal): WebClient {
  const ended: typeof fetch = (url, init) =>
    fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal });
  return new WebClient(token, { ...webOptions({ apiUrl }), fetch: ended });
}

const whyOf = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? reasonOf(error);
};
