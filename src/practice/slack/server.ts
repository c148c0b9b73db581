// The practice Slack as a server on loopback: Web API, Socket Mode, uploads, downloads, response_url.
import { createServer } from 'node:http';
import type { Logger } from '../../logger.ts';
import { createSocketMode, type DisconnectReason, type SocketModeOptions, slackTimings } from './events/socket-mode.ts';
import type { Tamper } from './events/tamper.ts';
import { createFaults, createRateLimiter, type Faults } from './faults.ts';
import { newSecret } from './ids.ts';
import { listenOnLoopback } from './listen.ts';
import type { Surfaces } from './people/interact.ts';
import { createResponses } from './people/responses.ts';
import { createTriggers } from './people/triggers.ts';
import { slackRoutes } from './routes.ts';
import type { Change, Notice } from './state/change.ts';
import { openWorkspace } from './state/open-workspace.ts';
import { plant } from './state/plant.ts';
import { seed as bakery, type Seed } from './state/seed.ts';
import type { QueuedEvent, State, Team } from './state/state.ts';

export interface PracticeSlackOptions {
  /** 0 (the default) takes the one of last time when `dir` remembers it, else a free one. */
  port?: number;
  /** Where the workspace lives on; without it all is gone when it stops. */
  dir?: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  seed?: Seed;
  logger?: Logger;
  /** How long acks are awaited and when events come again; Slack's times unless told. */
  timings?: Partial<SocketModeOptions>;
}

/** Switches and questions for tests and for the driver. */
export interface PracticeWorkspace {
  readonly state: State;
  /** Whether Slack's rate limits are counted. Off by default. */
  rateLimits: boolean;
  /** Faults for the next calls of a method. */
  readonly faults: Faults;
  /** Duplicates, delays and disorder for events on their way. */
  readonly tamper: Tamper;
  /** Tells every socket to reconnect. */
  disconnectSockets(reason?: DisconnectReason): void;
  sockets(): number;
  /** Delivers the events of that message again, same event_id, the retry counted; returns how many events it found. */
  redeliver(channel: string, ts: string, times: number): number;
  /** Resolves when every event so far is acknowledged. */
  settled(): Promise<void>;
}

export interface PracticeSlack {
  /** http://127.0.0.1:PORT */
  url: string;
  /** What SLACK_API_URL takes. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  team: Team;
  workspace: PracticeWorkspace;
  /** What people do things with; used by the driver. */
  surfaces: Surfaces;
  onChange(listener: (notice: Notice, change: Change) => void): () => void;
  stop(): Promise<void>;
}

const silent: Logger = { info() {}, warn() {}, error() {} };

export async function startPracticeSlack(options: PracticeSlackOptions): Promise<PracticeSlack> {
  const { port = 0, dir, clock, seed = bakery, logger = silent, timings = {} } = options;
  // New with each start: whoever is to use them is told them by this process.
  const tokens = { botToken: `xoxb-practice-${newSecret()}`, appToken: `xapp-practice-${newSecret()}` };
  const workspace = openWorkspace({ dir, clock, plant: (now) => plant(seed, now), logger });
  const sockets = createSocketMode(workspace, { ...slackTimings, ...timings });
  const surfaces: Surfaces = {
    workspace,
    sockets,
    triggers: createTriggers(clock),
    responses: createResponses(workspace),
  };
  const switches = { rateLimits: false, faults: createFaults(), limiter: createRateLimiter() };
  const server = createServer(slackRoutes(surfaces, tokens, switches));
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  workspace.origin = `http://127.0.0.1:${await listenOnLoopback(server, port, dir)}`;

  return {
    url: workspace.origin,
    apiUrl: `${workspace.origin}/api/`,
    ...tokens,
    team: workspace.state.team,
    surfaces,
    workspace: {
      state: workspace.state,
      get rateLimits() {
        return switches.rateLimits;
      },
      set rateLimits(on) {
        switches.rateLimits = on;
      },
      faults: switches.faults,
      tamper: sockets.tamper,
      disconnectSockets: (reason = 'refresh_requested') => sockets.disconnect(reason),
      sockets: () => sockets.connections(),
      redeliver(channel, ts, times) {
        const events = eventsAbout(workspace.state, channel, ts);
        for (const event of events) sockets.redeliver(event, times);
        return events.length;
      },
      settled: () => sockets.settled(),
    },
    onChange: (listener) => workspace.onChange((change, notice) => listener(notice, change)),
    async stop() {
      await sockets.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      workspace.close();
    },
  };
}

function eventsAbout({ recent }: State, channel: string, ts: string): QueuedEvent[] {
  return recent.filter((event) => event.channel === channel && event.ts === ts);
}
