// Builds the agents' own Slack apps: each receives, saves and sends by itself. An app that Slack refuses does not stop the
// start: the main app speaks for its agent.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AgentApp as AppSettings } from '../config/slack.ts';
import { download } from '../doors/slack/download.ts';
import { InvalidInput, reasonOf } from '../errors.ts';
import { type LeaseDoc, type OwnLease, startLease } from '../lanes/start-lease.ts';
import type { AgentId } from '../log/participant.ts';
import type { Logger } from '../logger.ts';
import { agentAppLease } from '../outbox/kind.ts';
import { makeReactions } from '../outbox/slack/marks/reactions.ts';
import { removeFile } from '../outbox/slack/remove-file.ts';
import type { AgentApp } from '../outbox/slack/voices/agent-apps.ts';
import type { AgentIds } from '../slack/parse/inbound.ts';
import { type Receiving, startReceiver } from '../slack/receive/receive.ts';
import { type HttpReceiving, startHttpReceiver } from '../slack/receive/receive-http.ts';
import type { SaveFor } from '../slack/receive/save-then-ack.ts';
import { makeClient } from '../slack/send/client.ts';
import { type Identity, misplaced } from '../slack/send/identify.ts';
import { type Limiter, makeLimiter } from '../slack/send/limiter.ts';
import { makeSender } from '../slack/send/send.ts';
import type { Core } from './core.ts';
import type { Undo } from './undo.ts';

export type ReadyAgentApp = Exclude<AppSettings, { kind: 'practice' }>;

export interface AgentAppPorts {
  main: Identity;
  /** The lease of the main app. The process that has it takes those of the agents' apps, because they share lanes. */
  mainLease: OwnLease;
  apiUrl: string | undefined;
  /** Saves bodies that the app of this agent carried. */
  saveFor(agent: string): SaveFor;
  onLeased(): void;
  limiter: Limiter | undefined;
  /** Ends the calls at a stop. */
  ending: AbortSignal;
  /** Ends the wait for a Slack that can't be reached. */
  signal?: AbortSignal;
}

export interface StartedAgentApp {
  ids: AgentIds;
  app: AgentApp;
  download(url: string, patienceMs: number): Promise<Uint8Array>;
  /** The handler of its events over HTTP. */
  listener?: RequestListener;
}

export interface StartedAgentApps {
  started: StartedAgentApp[];
  /** The agents whose apps Slack refuses, each with the reason. */
  refused: { agent: AgentId; reason: string }[];
}

export async function startAgentApps(
  core: Core,
  apps: readonly ReadyAgentApp[],
  ports: AgentAppPorts,
  logger: Logger,
  undo: Undo,
): Promise<StartedAgentApps> {
  const found: StartedAgentApps = { started: [], refused: [] };
  await Promise.all(
    apps.map(async (settings) => {
      try {
        found.started.push(await startAgentApp(core, settings, ports, logger, undo));
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        found.refused.push({ agent: `agent:${settings.handle}`, reason: reasonOf(error) });
      }
    }),
  );
  return found;
}

async function startAgentApp(
  core: Core,
  settings: ReadyAgentApp,
  ports: AgentAppPorts,
  logger: Logger,
  undo: Undo,
): Promise<StartedAgentApp> {
  const { handle, env, botToken } = settings;
  const { apiUrl, main, ending } = ports;
  const names = { botToken: `SLACK_${env}_BOT_TOKEN`, appToken: `SLACK_${env}_APP_TOKEN` };
  const save = ports.saveFor(handle);
  const common = { ...{ botToken, apiUrl, names, save, logger }, ...(ports.signal ? { signal: ports.signal } : {}) };
  const receiving: Receiving & Partial<Pick<HttpReceiving, 'requestListener'>> =
    settings.kind === 'socket'
      ? await startReceiver({ ...common, appToken: settings.appToken })
      : await startHttpReceiver({ ...common, signingSecret: settings.signingSecret, path: `/${handle}` });
  undo.add(receiving.stop);
  const { botUserId, botId, appId } = receiving.identity;
  const wrong = misplaced(receiving.identity, main, { handle, names });
  if (wrong) {
    await receiving.stop();
    throw new InvalidInput(wrong);
  }
  const client = makeClient({ token: botToken, signal: ending, ...(apiUrl ? { apiUrl } : {}) });
  const limiter = ports.limiter ?? makeLimiter();
  const sender = makeSender({ client, limiter, logger });
  const lease = await startLease(core.store.collection<LeaseDoc>('leases'), agentAppLease(handle), {
    ...{ owner: core.owner, wall: core.wall, logger, onLeased: ports.onLeased },
    wanted: ports.mainLease.isOurs,
  });
  undo.add(lease.stop);
  return {
    ids: { agent: handle, botUserId, botId, ...(appId ? { appId } : {}) },
    app: {
      agent: `agent:${handle}`,
      user: botUserId,
      sender,
      reactions: makeReactions({ sender, logger, clock: core.waiting }),
      removeFile: (file) => removeFile({ client, limiter }, file),
      isOurs: lease.isOurs,
    },
    download: (url, patienceMs) => download({ token: botToken, apiUrl }, url, patienceMs),
    ...(receiving.requestListener ? { listener: receiving.requestListener } : {}),
  };
}

/** Serves the events of all apps over HTTP: the main app's at the root, those of an agent at its handle. */
export function eventsListener(
  main: RequestListener | undefined,
  started: readonly StartedAgentApp[],
): RequestListener | undefined {
  const own = new Map<string, RequestListener>();
  for (const { ids, listener } of started) if (listener) own.set(`/${ids.agent}`, listener);
  if (!own.size) return main;
  return (request: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = (request.url ?? '').split('?');
    const listener = own.get(path) ?? main;
    if (listener) return listener(request, response);
    response.writeHead(404);
    response.end();
  };
}
