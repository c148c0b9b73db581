// The practice Slack as a server on loopback: Web API, Socket Mode, uploads, downloads, response_url.
import { createServer } from 'node:http';
import { InvalidInput } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { AppTokens } from './api/dispatch.ts';
import { createSocketMode, type DisconnectReason, type SocketModeOptions, slackTimings } from './events/socket-mode.ts';
import type { Tamper } from './events/tamper.ts';
import { createFaults, createRateLimiter, type Faults } from './faults.ts';
import { newSecret } from './ids.ts';
import { listenOnLoopback } from './listen.ts';
import type { Surfaces } from './people/interact.ts';
import { createResponses } from './people/responses.ts';
import { createTriggers } from './people/triggers.ts';
import { slackRoutes } from './routes.ts';
import { type InstalledAgent, installAgentApps } from './state/agent-app.ts';
import { appOfAgent } from './state/apps.ts';
import type { Change, VisibleChange } from './state/change.ts';
import { openWorkspace } from './state/open-workspace.ts';
import { plant } from './state/plant.ts';
import { seed as bakery, type Seed } from './state/seed.ts';
import type { QueuedEvent, State, Team } from './state/state.ts';

export interface PracticeSlackOptions {
  /** The port. 0 (the default): the port stored in `dir`, or else a free one. */
  port?: number;
  /** The directory of the workspace's files. If absent, everything is only in memory. */
  dir?: string;
  /** Returns the time in milliseconds since 1970. */
  clock: () => number;
  seed?: Seed;
  /** The agents that have Slack apps of their own. */
  agents?: readonly InstalledAgent[];
  logger?: Logger;
  /** The timeouts of acknowledgements and redeliveries. Default: Slack's. */
  timings?: Partial<SocketModeOptions>;
}

/** The functions of the workspace that tests and the driver use. */
export interface PracticeWorkspace {
  readonly state: State;
  /** True if Slack's rate limits are counted. Off by default. */
  rateLimits: boolean;
  /** Injects faults into the next calls of a method. */
  readonly faults: Faults;
  /** The settings that duplicate, delay or reorder events. */
  readonly tamper: Tamper;
  /** Asks every socket to reconnect. */
  disconnectSockets(reason?: DisconnectReason): void;
  /** `app`: counts only the sockets of the app with this id. */
  sockets(app?: string): number;
  /** Revokes the tokens of an agent's app, as a workspace admin may. */
  revoke(agent: string): void;
  /**
   * Sends the events of a message again, with the same event_id and the next retry number. Returns how many events it
   * sent.
   */
  redeliver(channel: string, ts: string, times: number): number;
  /** Resolves when every event so far is acknowledged. */
  settled(): Promise<void>;
  /**
   * Returns how many events, clicks and commands were sent to Skein so far. Undefined while one of them is on its way: sent,
   * and neither acknowledged nor given up for now.
   */
  arrived(): number | undefined;
}

export interface PracticeSlack {
  /** The server's URL, as http://127.0.0.1:PORT. */
  url: string;
  /** The value for the setting SLACK_API_URL. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  /** The tokens of the agents' own apps, by handle. */
  agents: ReadonlyMap<string, AppTokens>;
  team: Team;
  workspace: PracticeWorkspace;
  /** Performs the acts of people, for the driver. */
  surfaces: Surfaces;
  onChange(listener: (notice: VisibleChange, change: Change) => void): () => void;
  stop(): Promise<void>;
}

const silent: Logger = { info() {}, warn() {}, error() {} };

export async function startPracticeSlack(options: PracticeSlackOptions): Promise<PracticeSlack> {
  const { port = 0, dir, clock, seed = bakery, agents = [], logger = silent, timings = {} } = options;
  // The tokens are new at each start. This process passes them to Skein.
  const workspace = openWorkspace({ dir, clock, plant: (now) => plant(seed, now), logger });
  installAgentApps(workspace, agents);
  const apps = [...workspace.state.apps.values()];
  const tokens = new Map(apps.map(({ id, agent }) => [id, newTokens(agent)]));
  const tokensOf = (app: string) => tokens.get(app) ?? newTokens();
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
    ...tokensOf(workspace.state.app.id),
    agents: new Map(apps.flatMap(({ id, agent }) => (agent === undefined ? [] : [[agent, tokensOf(id)]]))),
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
      sockets: (app) => sockets.connections(app),
      revoke(agent) {
        const app = appOfAgent(workspace.state, agent);
        if (app === undefined) throw new InvalidInput(`No agent “${agent}” has a Slack app of its own here.`);
        workspace.commit([{ kind: 'tokens-revoked', app: app.id, eventTs: workspace.nextTs() }]);
      },
      redeliver(channel, ts, times) {
        const events = eventsAbout(workspace.state, channel, ts);
        for (const event of events) sockets.redeliver(event, times);
        return events.length;
      },
      settled: () => sockets.settled(),
      arrived: () => sockets.arrived(),
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

function newTokens(agent?: string): AppTokens {
  const of = agent === undefined ? '' : `${agent}-`;
  return { botToken: `xoxb-practice-${of}${newSecret()}`, appToken: `xapp-practice-${of}${newSecret()}` };
}

function eventsAbout({ recent }: State, channel: string, ts: string): QueuedEvent[] {
  return recent.filter((event) => event.channel === channel && event.ts === ts);
}
