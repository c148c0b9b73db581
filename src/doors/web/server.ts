// The web server. It serves the command line's door and, in practice mode, the practice workspace. It listens only on
// loopback unless PUBLIC_URL is set.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { GREETING } from '../../doctor/server.ts';
import { InvalidInput } from '../../errors.ts';

export interface Mounts {
  cli: Router;
  /** The page on which people end their digests. */
  unsubscribe?: Router;
  /** Serves all other paths. If absent, they only get the answer that Skein runs. */
  site?: Router;
  /** Handles Slack's events over HTTP. */
  slack?: RequestListener;
}

export interface Web {
  url: string;
  /** Starts to serve these routes. Before that, every request gets 503. */
  mount(mounts: Mounts): void;
  /** Stops the server. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Listens on the port. Answers 503 until `mount` is called. `outside`: true to accept connections from other machines.
 * @throws InvalidInput if the port is taken, or this user may not open it
 */
export async function openWeb({ port: wanted, outside }: { port: number; outside: boolean }): Promise<Web> {
  let answer: RequestListener = notYet;
  const server = createServer((request, response) => answer(request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, wanted)));
    server.listen(wanted, outside ? '0.0.0.0' : '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let stopping: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    mount(mounts) {
      answer = appOf(mounts);
    },
    stop() {
      stopping ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return stopping;
    },
  };
}

/**
 * For how long a connection stays open without a request: longer than clients and proxies in front keep it, which mostly is a
 * minute. A request on a connection that closes in that moment would fail.
 */
const KEEP_ALIVE_MS = 65_000;

/** Answers in the JSON format that the command line expects. Slack and the page retry by themselves. */
const notYet: RequestListener = (_request, response) => {
  const error = { code: 'unavailable', message: 'Skein is starting. Try again in a moment.' };
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' }).end(JSON.stringify({ error }));
};

function appOf(mounts: Mounts): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  if (mounts.slack) app.use('/slack/events', mounts.slack);
  app.use('/cli', mounts.cli);
  if (mounts.unsubscribe) app.use('/digest/unsubscribe', mounts.unsubscribe);
  if (mounts.site) app.use(mounts.site);
  else app.get('/', (_request, response) => void response.type('text').send(`${GREETING}\n`));
  return app;
}

function portFault(error: NodeJS.ErrnoException, port: number): Error {
  const cure = 'Set PORT to a free one above 1023 (PORT=0 takes any)';
  if (error.code === 'EADDRINUSE')
    return new InvalidInput(`Port ${port} is taken by another program. ${cure}, or stop the other.`, { cause: error });
  if (error.code === 'EACCES')
    return new InvalidInput(`Port ${port} may not be taken by this user. ${cure}.`, { cause: error });
  return error;
}
