// A fake Slack on a free port: a few Web API methods with scripted answers, and Socket Mode over `ws`.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Call {
  method: string;
  args: Record<string, string>;
  authorization: string;
}

/** The answer of a method. `drop`: closes the connection after the call was done. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; drop?: true };
export type Method = (call: Call) => Answer | Record<string, unknown> | Promise<Answer | Record<string, unknown>>;

export interface FakeSlack {
  apiUrl: string;
  url: string;
  calls: Call[];
  callsOf(method: string): Call[];
  answer(method: string, how: Method): void;
  /** Sends an envelope through one open socket, by default the first. Acknowledgements are in `acks`. */
  send(envelope: Record<string, unknown>, socket?: number): void;
  sockets: WebSocket[];
  acks: string[];
  /** Resolves when the condition holds. It is checked after each event here. */
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export const botToken = 'xoxb-test';
export const appToken = 'xapp-1-A0SKEIN01-1-test';

export async function fakeSlack(port = 0): Promise<FakeSlack> {
  const calls: Call[] = [];
  const methods = new Map<string, Method>();
  const sockets: WebSocket[] = [];
  const acks: string[] = [];
  const connections = new Set<Socket>();
  const waiting = new Set<() => void>();
  const happened = () => {
    for (const look of waiting) look();
  };
  const server = createServer((req, res) => void handle(req, res));
  const sockServer = new WebSocketServer({ server });

  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  sockServer.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      acks.push(JSON.parse(String(data)).envelope_id);
      happened();
    });
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1);
      happened();
    });
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: sockets.length, connection_info: { app_id: 'A0SKEIN01' } }),
    );
    happened();
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const method = String(req.url).replace(/^\/(?:api\/)?/, '');
    const raw = Buffer.concat(chunks).toString();
    const isForm = String(req.headers['content-type']).startsWith('application/x-www-form-urlencoded');
    const args = isForm ? Object.fromEntries(new URLSearchParams(raw)) : { raw };
    const call = { method, args, authorization: String(req.headers.authorization ?? '') };
    calls.push(call);
    const answered = await (methods.get(method) ?? (() => ({ body: { ok: false, error: 'unknown_method' } })))(call);
    const { status = 200, headers = {}, body, drop } = 'ok' in answered ? { body: answered } : (answered as Answer);
    happened();
    if (drop) return void req.socket.destroy();
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const says: Record<string, Method> = {
    'auth.test': ({ authorization }) =>
      authorization === `Bearer ${botToken}`
        ? {
            ok: true,
            url: 'https://skein.slack.com/',
            team: 'Skein',
            user: 'skein',
            team_id: 'T0SKEIN01',
            user_id: 'U0SKEINBOT',
            bot_id: 'B0SKEIN01',
          }
        : { ok: false, error: 'invalid_auth' },
    'apps.connections.open': ({ authorization }) =>
      authorization === `Bearer ${appToken}`
        ? { ok: true, url: `ws://${at}/link/?ticket=1` }
        : { ok: false, error: 'invalid_auth' },
  };
  for (const [method, how] of Object.entries(says)) methods.set(method, how);

  return {
    apiUrl: `http://${at}/api/`,
    url: `http://${at}/`,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    answer: (method, how) => void methods.set(method, how),
    send: (envelope, socket = 0) => sockets[socket]?.send(JSON.stringify(envelope)),
    sockets,
    acks,
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async stop() {
      for (const client of sockServer.clients) client.terminate();
      for (const connection of connections) connection.destroy();
      sockServer.close();
      server.close();
      await once(server, 'close');
    },
  };
}

export function envelope(id: string, payload: unknown, type = 'events_api'): Record<string, unknown> {
  return {
    envelope_id: id,
    type,
    accepts_response_payload: type !== 'events_api',
    retry_attempt: 0,
    retry_reason: '',
    payload,
  };
}

/** A logger that records its lines as `level phrase`. */
export function aLog() {
  const lines: string[] = [];
  const details: unknown[] = [];
  const at = (level: string) => (phrase: string, fields?: unknown) => {
    lines.push(`${level} ${phrase}`);
    details.push(fields);
  };
  return { lines, details, info: at('info'), warn: at('warn'), error: at('error') };
}
