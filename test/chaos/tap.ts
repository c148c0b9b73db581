// An HTTP proxy that reports of each call when it has come, when it took effect and when it was answered.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `reached`: not passed on yet · `done`: it took effect, without an answer · `answered`: the answer was sent. */
export type Moment = 'reached' | 'done' | 'answered';

/** For `reached` only: 'lost' drops the call; another result is answered in its place. */
export type Hear = (call: string, moment: Moment) => 'lost' | { status: number; body: object } | undefined;

export interface Tap {
  url: string;
  hear: Hear;
  stop(): Promise<void>;
}

export async function tapInto(target: string): Promise<Tap> {
  const server = createServer((request, response) => {
    pass(tap, target, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tap: Tap = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hear: () => undefined,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return tap;
}

async function pass(tap: Tap, target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = (request.url ?? '/').split('/').at(-1) ?? '';
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const instead = tap.hear(call, 'reached');
  if (instead === 'lost') {
    response.destroy();
    return;
  }
  if (instead) {
    response.writeHead(instead.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(instead.body));
    return;
  }
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
  const answer = await fetch(target + (request.url ?? '/'), {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    ...(chunks.length ? { body: Buffer.concat(chunks) } : {}),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  tap.hear(call, 'done');
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(body, () => tap.hear(call, 'answered'));
}
