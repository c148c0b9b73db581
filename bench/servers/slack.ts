// A Slack with Socket Mode only: keeps a number of events unacknowledged, and measures how fast they are acknowledged.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Burst {
  events: number;
  outstanding: number;
  /** Makes the ids of the burst unique. */
  name: string;
}

export interface BurstDone {
  seconds: number;
  /** The number of distinct messages. The other events were redeliveries. */
  messages: number;
}

/** Every tenth event is a redelivery. */
const AGAIN = 10;
const CHANNELS = 20;

const sockets: WebSocket[] = [];
const sockServer = new WebSocketServer({ noServer: true });
let acked: () => void = () => undefined;

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  const answer = request.url?.endsWith('apps.connections.open')
    ? { ok: true, url: `ws://127.0.0.1:${portOf()}/socket` }
    : { ok: true, team_id: 'T0BENCH01', team: 'Bench', user_id: 'U0BOT', bot_id: 'B0BOT', url: 'https://bench.test/' };
  request.resume().once('end', () => response.end(JSON.stringify(answer)));
});
server.on('upgrade', (request, socket, head) => {
  sockServer.handleUpgrade(request, socket, head, (ws) => {
    sockets.push(ws);
    ws.once('close', () => void sockets.splice(sockets.indexOf(ws), 1));
    ws.on('message', (data) => {
      if (String(data).includes('envelope_id')) acked();
    });
    ws.send(JSON.stringify({ type: 'hello', num_connections: sockets.length, connection_info: { app_id: 'A0BENCH' } }));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
// Ends with the bench, also when that is killed.
process.once('disconnect', () => process.exit());
process.send?.({ url: `http://127.0.0.1:${portOf()}/api/` });

process.on('message', (burst: Burst) => {
  void deliver(burst).then((done) => process.send?.(done));
});

function portOf(): number {
  return (server.address() as AddressInfo).port;
}

async function deliver({ events, outstanding, name }: Burst): Promise<BurstDone> {
  const begun = performance.now();
  let sent = 0;
  let answered = 0;
  await new Promise<void>((resolve) => {
    const next = () => {
      sockets[sent % sockets.length]?.send(envelope(name, sent));
      sent += 1;
    };
    acked = () => {
      answered += 1;
      if (sent < events) next();
      else if (answered === events) resolve();
    };
    while (sent < Math.min(outstanding, events)) next();
  });
  const messages = events - Math.floor(events / AGAIN);
  return { seconds: (performance.now() - begun) / 1000, messages };
}

function envelope(name: string, n: number): string {
  const which = n % AGAIN === AGAIN - 1 ? n - 1 : n;
  const ts = `${name}.${String(which).padStart(6, '0')}`;
  const event = {
    client_msg_id: `${name}-${which}`,
    type: 'message',
    user: `U0PERSON${which % 7}`,
    text: 'I asked the mill about the <https://example.com/flour|flour>: they answer before noon, &amp; deliver on Tuesday.',
    ts,
    team: 'T0BENCH01',
    blocks: [{ type: 'rich_text', block_id: `b${which}`, elements: [] }],
    channel: `C0CHANNEL${which % CHANNELS}`,
    event_ts: ts,
    channel_type: 'channel',
  };
  const payload = {
    token: 'verification',
    team_id: 'T0BENCH01',
    context_team_id: 'T0BENCH01',
    api_app_id: 'A0BENCH',
    event,
    type: 'event_callback',
    event_id: `Ev${name}${n}`,
    event_time: 1_795_000_000,
    authorizations: [{ team_id: 'T0BENCH01', user_id: 'U0BOT', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  };
  return JSON.stringify({
    envelope_id: `${name}-${n}`,
    type: 'events_api',
    accepts_response_payload: false,
    retry_attempt: 0,
    retry_reason: '',
    payload,
  });
}
