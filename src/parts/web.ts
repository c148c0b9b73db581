// The one web server: the command line's door, and in practice mode the page and its driver. Loopback unless PUBLIC_URL says otherwise.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import type { Config } from '../config.ts';
import { InvalidInput } from '../errors.ts';
import { onlyLocal } from '../practice/only-local.ts';

export interface Mounts {
  cli: Router;
  /** The page that ends somebody's digests. */
  unsubscribe?: Router;
  practice?: { driver: Router; page: Router };
  /** Slack's events over HTTP. */
  slack?: RequestListener;
}

export interface Web {
  url: string;
  stop(): Promise<void>;
}

/** By which the doctor knows Skein. */
export const GREETING = 'Skein is running.';

/** @throws InvalidInput when the port is taken, or not for this user */
export async function serve(config: Pick<Config, 'port' | 'publicUrl'>, mounts: Mounts): Promise<Web> {
  const app = express();
  app.disable('x-powered-by');
  if (mounts.slack) app.use('/slack/events', mounts.slack);
  app.use('/cli', mounts.cli);
  if (mounts.unsubscribe) app.use('/digest/unsubscribe', mounts.unsubscribe);
  if (mounts.practice) {
    app.use(onlyLocal);
    app.use('/practice', mounts.practice.driver);
    app.use('/', mounts.practice.page);
  } else app.get('/', (_request, response) => void response.type('text').send(`${GREETING}\n`));
  const server = createServer(app);
  // The driver acts as anybody: while it is there, nobody from outside comes in.
  const host = config.publicUrl && !mounts.practice ? '0.0.0.0' : '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, config.port)));
    server.listen(config.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portFault(error: NodeJS.ErrnoException, port: number): Error {
  const cure = 'Set PORT to a free one above 1023 (PORT=0 takes any)';
  if (error.code === 'EADDRINUSE')
    return new InvalidInput(`Port ${port} is taken by another program. ${cure}, or stop the other.`, { cause: error });
  if (error.code === 'EACCES')
    return new InvalidInput(`Port ${port} may not be taken by this user. ${cure}.`, { cause: error });
  return error;
}
