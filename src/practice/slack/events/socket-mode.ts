// Socket Mode. Sends envelopes to the sockets of their app, matches the acknowledgements, and sends an unacknowledged envelope
// again.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { logFailure } from '../../../logger.ts';
import type { Json } from '../given.ts';
import { newSecret, newUuid } from '../ids.ts';
import type { QueuedEvent, SlackApp } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { createTamper, type Tamper } from './tamper.ts';

const MOST_SOCKETS = 10;
/** How long a socket may take to close, in milliseconds. After that it is terminated. */
const CLOSING_MS = 500;

export interface SocketModeOptions {
  /** How long an envelope may stay unacknowledged, in milliseconds. In Slack it is 3 seconds. */
  ackTimeoutMs: number;
  /** The delays before the retries, in milliseconds. After the last retry the event is dropped, as in Slack. */
  retryDelaysMs: readonly number[];
}

export const slackTimings: SocketModeOptions = { ackTimeoutMs: 3_000, retryDelaysMs: [0, 60_000, 300_000] };

export type Answer = { kind: 'acked'; payload: Json } | { kind: 'timeout' } | { kind: 'no-socket' };

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface SocketMode {
  /** Lets tests duplicate, delay or reorder deliveries. */
  readonly tamper: Tamper;
  /** Returns a WebSocket URL for the app that works once. */
  ticketUrl(app: SlackApp): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an interaction or a command to the app that it names, and returns its answer. It is never sent again. */
  ask(type: 'interactive' | 'slash_commands', payload: Json): Promise<Answer>;
  /** Sends an event again with the next retry number, even if the app acknowledged it. */
  redeliver(event: QueuedEvent, times: number): void;
  /** Asks every socket to reconnect. An old socket gets no further envelopes. */
  disconnect(reason: DisconnectReason): void;
  /** `app`: counts only the sockets of this app. */
  connections(app?: string): number;
  /** Resolves when every event is acknowledged. */
  settled(): Promise<void>;
  /** Returns how many envelopes were sent so far. Undefined while one of them is on its way. */
  arrived(): number | undefined;
  stop(): Promise<void>;
}

interface Attempt {
  event: QueuedEvent;
  number: number;
  timeouts: number;
  reason: string;
}

interface Outstanding {
  socket: WebSocket;
  timer: NodeJS.Timeout;
  acked(payload: Json): void;
  lost(): void;
}

export function createSocketMode(workspace: Workspace, options: SocketModeOptions): SocketMode {
  const { state, logger } = workspace;
  const server = new WebSocketServer({ noServer: true });
  /** The id of the app, by ticket and by socket. */
  const tickets = new Map<string, string>();
  const sockets = new Map<WebSocket, string>();
  const draining = new Set<WebSocket>();
  const outstanding = new Map<string, Outstanding>();
  const timers = new Set<NodeJS.Timeout>();
  const settledWaiters = new Set<() => void>();
  let waiting: Attempt[] = [...state.pending.values()].map((event) => ({ event, number: 0, timeouts: 0, reason: '' }));
  let turn = 0;
  let sent = 0;

  const tamper = createTamper(later, (event, number) =>
    deliver({ event, number, timeouts: 0, reason: number === 0 ? '' : 'timeout' }),
  );
  const off = workspace.onChange((change) => {
    if (change.kind === 'event-queued') tamper.deliver(change.event);
    if (change.kind === 'event-settled' && state.pending.size === 0) {
      for (const resolve of settledWaiters) resolve();
      settledWaiters.clear();
    }
  });

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  const appOf = (event: QueuedEvent): string => event.app ?? state.app.id;

  const ofApp = (app: string): WebSocket[] => [...sockets].flatMap(([socket, id]) => (id === app ? [socket] : []));

  /** Returns the next socket of the app for an envelope, round robin. */
  function pick(app: string): WebSocket | undefined {
    const open = ofApp(app).filter((socket) => socket.readyState === socket.OPEN && !draining.has(socket));
    turn += 1;
    return open[turn % Math.max(1, open.length)];
  }

  function send(
    socket: WebSocket,
    envelope: Json,
    settle: { acked(payload: Json): void; lost(): void; late(): void },
  ): void {
    const id = newUuid();
    sent += 1;
    const timer = setTimeout(() => {
      outstanding.delete(id);
      settle.late();
    }, options.ackTimeoutMs);
    outstanding.set(id, { socket, timer, acked: settle.acked, lost: settle.lost });
    socket.send(JSON.stringify({ envelope_id: id, ...envelope }));
  }

  function deliver(attempt: Attempt): void {
    const { event, number, reason } = attempt;
    const socket = pick(appOf(event));
    if (socket === undefined) {
      waiting.push(attempt);
      return;
    }
    const counted = { retry_attempt: number, retry_reason: reason };
    const envelope = { type: 'events_api', accepts_response_payload: false, ...counted, payload: event.payload };
    send(socket, envelope, {
      acked: () => settle(event, true),
      lost: () => again(attempt, 'connection_failed', 0),
      late: () => {
        const delay = options.retryDelaysMs[attempt.timeouts];
        if (delay === undefined) giveUp(event);
        else again({ ...attempt, timeouts: attempt.timeouts + 1 }, 'timeout', delay);
      },
    });
  }

  function again(attempt: Attempt, reason: string, delay: number): void {
    if (!state.pending.has(attempt.event.id)) return;
    const next = { ...attempt, number: attempt.number + 1, reason };
    if (delay === 0) deliver(next);
    else later(delay, () => state.pending.has(attempt.event.id) && deliver(next));
  }

  function settle(event: QueuedEvent, acked: boolean): void {
    if (!state.pending.has(event.id)) return;
    try {
      workspace.commit([{ kind: 'event-settled', id: event.id, acked }]);
    } catch (error) {
      // No caller waits for this write. The event stays pending, and the write is retried.
      logFailure(logger, 'warn', 'practice slack: an acknowledgement is not written down yet', error, {
        event: event.id,
      });
      later(options.ackTimeoutMs, () => settle(event, acked));
    }
  }

  function giveUp(event: QueuedEvent): void {
    if (state.pending.has(event.id))
      logger.warn('practice slack: an event was never acknowledged and is given up', { event: event.id });
    settle(event, false);
  }

  function welcome(socket: WebSocket, app: string): void {
    sockets.set(socket, app);
    socket.on('message', (data) => onAck(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => onClose(socket));
    const count = ofApp(app).length;
    if (count > MOST_SOCKETS) {
      dismiss(socket, 'too_many_websockets');
      return;
    }
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: count,
        debug_info: { host: 'applink-practice', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: app },
      }),
    );
    const due = waiting.filter(({ event }) => appOf(event) === app);
    waiting = waiting.filter(({ event }) => appOf(event) !== app);
    for (const attempt of due) deliver(attempt);
  }

  function onAck(text: string): void {
    let frame: { envelope_id?: unknown; payload?: unknown };
    try {
      frame = JSON.parse(text);
    } catch {
      logger.warn('practice slack: a frame from the app is not JSON');
      return;
    }
    const found = outstanding.get(String(frame.envelope_id));
    if (found === undefined) return;
    outstanding.delete(String(frame.envelope_id));
    clearTimeout(found.timer);
    found.acked(typeof frame.payload === 'object' && frame.payload !== null ? (frame.payload as Json) : {});
  }

  function onClose(socket: WebSocket): void {
    sockets.delete(socket);
    draining.delete(socket);
    for (const [id, entry] of outstanding) {
      if (entry.socket !== socket) continue;
      outstanding.delete(id);
      clearTimeout(entry.timer);
      entry.lost();
    }
  }

  function dismiss(socket: WebSocket, reason: DisconnectReason): void {
    draining.add(socket);
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-practice' } }));
  }

  return {
    tamper,
    ticketUrl(app) {
      const ticket = newSecret();
      tickets.set(ticket, app.id);
      return `${workspace.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${app.id}`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const ticket = url.searchParams.get('ticket') ?? '';
      const app = tickets.get(ticket);
      if (url.pathname !== '/link/' || app === undefined || !tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => welcome(opened, app));
    },
    ask(type, payload) {
      const socket = pick(String(payload.api_app_id));
      if (socket === undefined) return Promise.resolve({ kind: 'no-socket' });
      return new Promise((resolve) => {
        const late = () => resolve({ kind: 'timeout' });
        const acked = (answer: Json) => resolve({ kind: 'acked', payload: answer });
        send(socket, { type, accepts_response_payload: true, payload }, { acked, late, lost: late });
      });
    },
    redeliver(event, times) {
      for (let number = 1; number <= times; number += 1) deliver({ event, number, timeouts: 0, reason: 'timeout' });
    },
    disconnect(reason) {
      for (const socket of sockets.keys()) dismiss(socket, reason);
    },
    connections: (app) => (app === undefined ? sockets.size : ofApp(app).length),
    settled: () =>
      state.pending.size === 0 ? Promise.resolve() : new Promise((resolve) => settledWaiters.add(resolve)),
    arrived: () => (outstanding.size === 0 ? sent : undefined),
    async stop() {
      off();
      for (const timer of timers) clearTimeout(timer);
      for (const entry of outstanding.values()) clearTimeout(entry.timer);
      outstanding.clear();
      const closed = [...sockets.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets.keys()) socket.close(1001);
      const impatient = setTimeout(() => {
        for (const socket of sockets.keys()) socket.terminate();
      }, CLOSING_MS);
      await Promise.all(closed);
      clearTimeout(impatient);
      server.close();
    },
  };
}
