// Builds Slack: receives, saves and routes events, and posts. Only the process that has the app's lease posts.

import type { RequestListener } from 'node:http';
import type { Progress } from '../agents/runs/deps.ts';
import type { SlackSettings } from '../config/slack.ts';
import type { SlackContext } from '../doors/slack/context.ts';
import { download } from '../doors/slack/download.ts';
import { makeOpenHomes } from '../doors/slack/needs/open-homes.ts';
import { LOOK_MS, refreshHomes } from '../doors/slack/needs/refresh-homes.ts';
import { awaitPast } from '../doors/slack/past/past.ts';
import { lostIds, makeAppReporter } from '../doors/slack/people/app-state.ts';
import { catchUp } from '../doors/slack/people/catch-up.ts';
import { makeRosters } from '../doors/slack/people/rosters.ts';
import { handleItem } from '../doors/slack/route.ts';
import { tellsFollowers } from '../doors/slack/tasks/tell-followers.ts';
import { reportUntaken } from '../doors/slack/untaken.ts';
import type { MailHome } from '../email/address.ts';
import { type LeftOutDoc, makeLeftOut } from '../inbox/left-out.ts';
import { saveSlack } from '../inbox/save-slack.ts';
import type { Item } from '../lanes/item.ts';
import { repeat } from '../lanes/repeat.ts';
import { type LeaseDoc, startLease } from '../lanes/start-lease.ts';
import type { AgentId } from '../log/participant.ts';
import type { Logger } from '../logger.ts';
import { SLACK_APP } from '../outbox/kind.ts';
import { slackLinks } from '../outbox/link.ts';
import type { SlackParts } from '../outbox/parts.ts';
import { makeReactions } from '../outbox/slack/marks/reactions.ts';
import { slackProgress } from '../outbox/slack/progress.ts';
import { removeFile, type SharedFile } from '../outbox/slack/remove-file.ts';
import { type AgentApps, makeAgentApps } from '../outbox/slack/voices/agent-apps.ts';
import type { AgentIds, Self } from '../slack/parse/inbound.ts';
import { type Receiving, startReceiver } from '../slack/receive/receive.ts';
import { type HttpReceiving, startHttpReceiver } from '../slack/receive/receive-http.ts';
import type { SaveFor } from '../slack/receive/save-then-ack.ts';
import { makeClient } from '../slack/send/client.ts';
import type { Identity } from '../slack/send/identify.ts';
import { type Limiter, makeLimiter } from '../slack/send/limiter.ts';
import { makeSender } from '../slack/send/send.ts';
import type { Texts } from '../texts/texts.ts';
import type { Core } from './core.ts';
import { eventsListener, type ReadyAgentApp, type StartedAgentApp, startAgentApps } from './slack-agents.ts';
import { makeUndo } from './undo.ts';

export interface SlackPart {
  identity: Identity;
  context: SlackContext;
  /** The parts that the outbox needs to post in Slack. */
  parts: SlackParts;
  progress: Progress;
  /**
   * Imports a thread's messages from before the agent was called. Returns a sentence for people if some could not be
   * read.
   */
  past(session: { pod: string; conversation: string }, signal: AbortSignal): Promise<string | undefined>;
  /** Returns the outbox resources that this process has leased. */
  leased(): string[];
  /** Handles an inbox item of Slack. */
  handle(item: Item): Promise<void>;
  /** Tells whoever wrote it that an item is set aside. */
  reportUntaken(item: Item, error: unknown): Promise<void>;
  /** The handler of events over HTTP. */
  listener?: RequestListener;
  /**
   * Called before the stop: aborts the calls that Slack does not answer soon. The next start finds out whether they
   * were done.
   */
  hangUp(): void;
  stop(): Promise<void>;
}

export interface SlackPorts {
  /** Called when an item was saved into the inbox. */
  onSaved(): void;
  /** Called when this process gets the app's lease. */
  onLeased(): void;
  mailHome?: MailHome;
  /** The agents' own apps. */
  agents: readonly ReadyAgentApp[];
  texts: Texts;
  limiter?: Limiter;
  /** Ends the wait for a Slack that can't be reached. */
  signal?: AbortSignal;
}

/** The time that a running call gets at a stop. Slack usually answers in well under a second. */
const HANG_UP_MS = 2000;

export async function startSlack(
  core: Core,
  settings: Exclude<SlackSettings, { kind: 'practice' }>,
  logger: Logger,
  ports: SlackPorts,
): Promise<SlackPart> {
  const { onSaved, onLeased, mailHome, texts, agents, signal } = ports;
  const limiter = ports.limiter ?? makeLimiter();
  const { act, read, inbox, store, owner } = core;
  const ending = new AbortController();
  const client = makeClient({
    ...{ token: settings.botToken, signal: ending.signal },
    ...(settings.apiUrl ? { apiUrl: settings.apiUrl } : {}),
  });
  const sender = makeSender({ client, limiter, logger });
  const undo = makeUndo(logger);
  try {
    const leftOut = makeLeftOut(store.collection<LeftOutDoc>('leftOutEvents'), core.clock, logger);
    undo.add(leftOut.stop);
    /** Filled while the agents' apps start. What was saved before is looked at again when it is handled. */
    const ids: AgentIds[] = [];
    const save = async (bodies: unknown[], self: Self) => {
      await saveSlack(inbox, { ...self, agents: ids }, bodies, logger, leftOut);
      onSaved();
    };
    const receiving = await receive({ ...settings, save, logger, ...(signal ? { signal } : {}) });
    undo.add(receiving.stop);
    const lease = await startLease(store.collection<LeaseDoc>('leases'), SLACK_APP, {
      owner,
      wall: core.wall,
      logger,
      onLeased,
    });
    undo.add(lease.stop);
    const { started, refused } = await startAgentApps(
      core,
      agents,
      {
        ...{ main: receiving.identity, mainLease: lease, apiUrl: settings.apiUrl, onLeased, ending: ending.signal },
        saveFor: (carrier) => (bodies) => save(bodies, { ...receiving.identity, carrier }),
        ...{ limiter: ports.limiter, ...(signal ? { signal } : {}) },
      },
      logger,
      undo,
    );
    ids.push(...started.map((one) => one.ids), ...(await lostIds(core.read, refused)));
    const identity = { ...receiving.identity, agents: ids };
    const reporter = makeAppReporter({ act, read, logger, settings: agents, ids });
    const onLost = (agent: AgentId, reason: string) => {
      logger.warn('an agent speaks through the main app: its own is lost', { agent, reason });
      reporter.lost(agent);
    };
    const apps = makeAgentApps(
      started.map(({ app }) => app),
      onLost,
    );
    for (const { agent, reason } of refused) onLost(agent, reason);
    undo.add(reporter.stop);
    await reporter.started(started.map((one) => one.ids));
    const speaking = {
      sender,
      reactions: makeReactions({ sender, logger, clock: core.waiting }),
      removeFile: (file: SharedFile) => removeFile({ client, limiter }, file),
      apps,
    };
    const context: SlackContext = {
      act: tellsFollowers(act, read),
      read,
      sender,
      identity,
      queue: inbox,
      rosters: makeRosters(sender, core.waiting),
      homes: makeOpenHomes(core.wall),
      download: (url, patienceMs) => download({ token: settings.botToken, apiUrl: settings.apiUrl }, url, patienceMs),
      linkTo: slackLinks(identity).conversation,
      ...(mailHome ? { mailHome } : {}),
      texts,
      clock: core.clock,
      logger,
      apps,
      // An event that the app carried before it was lost is answered through the main app, where that can.
      through: (agent) => (apps.of(`agent:${agent}`) && carried.get(agent)) || { ...context, carrier: agent },
    };
    const carried = new Map(started.map((one) => [one.ids.agent, contextOf(context, one, apps)]));
    const progress = slackProgress({ read, slack: speaking, logger });
    undo.add(progress.stop);
    const homes = repeat(() => refreshHomes(context), { everyMs: LOOK_MS, name: 'refresh of Home tabs', logger });
    undo.add(homes.stop);
    await catchUp(context);
    const listener = eventsListener(receiving.requestListener, started);
    return {
      identity,
      context,
      handle: (item) => handleItem(context, item),
      reportUntaken: (item, error) => reportUntaken(context, item, error),
      progress,
      past: (session, signal) => awaitPast(context, session, { onSaved, signal }),
      leased: () => (lease.isOurs() ? [SLACK_APP] : []),
      parts: {
        ...speaking,
        team: identity.teamId,
        links: slackLinks(identity),
      },
      ...(listener ? { listener } : {}),
      hangUp: () => void setTimeout(() => ending.abort(new Error('Skein stops.')), HANG_UP_MS).unref(),
      stop: undo.run,
    };
  } catch (error) {
    return undo.afterFailure(error);
  }
}

/** Answers what an agent's app carried through that app. People and channels are looked up through the main app. */
function contextOf(context: SlackContext, { ids, app, download }: StartedAgentApp, apps: AgentApps): SlackContext {
  const { userInfo, members, channelInfo } = context.sender;
  const sender = { ...(apps.of(app.agent) ?? app).sender, userInfo, members, channelInfo };
  return { ...context, sender, carrier: ids.agent, download };
}

type Received = Receiving & Partial<Pick<HttpReceiving, 'requestListener'>>;

type ReceiveOptions = Exclude<SlackSettings, { kind: 'practice' }> & {
  save: SaveFor;
  logger: Logger;
  signal?: AbortSignal;
};

function receive(options: ReceiveOptions): Promise<Received> {
  return options.kind === 'socket' ? startReceiver(options) : startHttpReceiver({ ...options, path: '/' });
}
