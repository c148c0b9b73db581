// Slack, both ways: what comes in is saved and routed, what goes out is posted by whoever holds the app's lease.
import type { RequestListener } from 'node:http';
import type { Progress } from '../agents/run.ts';
import type { SlackSettings } from '../config.ts';
import { Retryable, reasonOf } from '../errors.ts';
import type { SlackContext } from '../inbox/context.ts';
import { routeSlack } from '../inbox/route-slack.ts';
import { saveSlack } from '../inbox/save-slack.ts';
import { syncMembers } from '../inbox/slack-channels.ts';
import { startWorker, type Worker, type WorkerSettings } from '../lanes/worker.ts';
import type { Log } from '../log.ts';
import { type AppLease, holdLease, type LeaseDoc } from '../outbox/app-lease.ts';
import type { Carriers } from '../outbox/carry.ts';
import { SLACK_APP } from '../outbox/lane-of.ts';
import { slackProgress } from '../outbox/progress.ts';
import { postToSlack, removeFromSlack, type SendingDoc, updateInSlack } from '../outbox/slack-posts.ts';
import { makeClient } from '../slack/client.ts';
import type { Identity } from '../slack/identify.ts';
import { makeLimiter } from '../slack/limiter.ts';
import { type Receiving, startReceiver } from '../slack/receive.ts';
import { type HttpReceiving, startHttpReceiver } from '../slack/receive-http.ts';
import { makeSender, type Sender } from '../slack/send.ts';
import type { Core } from './core.ts';

export interface SlackPart {
  identity: Identity;
  context: SlackContext;
  carriers: Pick<Carriers, 'post' | 'update' | 'unpost'>;
  progress: Progress;
  /** Resources of the outbox that this process holds. */
  held(): string[];
  inbox: Worker;
  /** For events over HTTP. */
  listener?: RequestListener;
  stop(): Promise<void>;
}

export async function startSlack(
  core: Core,
  settings: Exclude<SlackSettings, { kind: 'practice' }>,
  log: Log,
  onHeld: () => void,
  worker?: WorkerSettings,
): Promise<SlackPart> {
  const { act, read, inbox, store, clock, owner } = core;
  const client = makeClient({ token: settings.botToken, ...(settings.apiUrl ? { apiUrl: settings.apiUrl } : {}) });
  const sender = makeSender({ client, limiter: makeLimiter(), log });
  const known = deferred<Identity>();
  let handling: Worker | undefined;
  const save = async (bodies: unknown[]) => {
    await saveSlack(inbox, await known.promise, bodies);
    handling?.poke();
  };
  const receiving = await receive(settings, save, log);
  const { identity } = receiving;
  known.resolve(identity);

  const context: SlackContext = {
    act,
    read,
    sender,
    identity,
    download: (url) => download(url, settings.botToken, settings.apiUrl),
    log: log.info,
  };
  handling = startWorker(
    {
      queue: inbox,
      name: 'inbox',
      owner,
      clock,
      wall: Date.now,
      random: Math.random,
      log: log.info,
      handle: (item) => routeSlack(context, inbox, item),
    },
    () => [],
    worker,
  );
  const lease = await holdLease(store.collection<LeaseDoc>('leases'), SLACK_APP, {
    owner,
    wall: Date.now,
    log: log.info,
    onHeld,
  });
  const progress = slackProgress({ read, sender, log: log.info });
  const caughtUp = catchUp(context, log);
  return {
    identity,
    context,
    inbox: handling,
    progress,
    held: () => (lease.held() ? [SLACK_APP] : []),
    carriers: carriersOf(core, sender, identity, log),
    ...(receiving.requestListener ? { listener: receiving.requestListener } : {}),
    stop: () => stopAll(receiving, handling, progress, lease, caughtUp),
  };
}

async function stopAll(
  receiving: { stop(): Promise<void> },
  handling: Worker | undefined,
  progress: { stop(): void },
  lease: AppLease,
  caughtUp: Promise<void>,
): Promise<void> {
  await receiving.stop();
  await handling?.stop();
  await caughtUp;
  progress.stop();
  await lease.stop();
}

type Received = Receiving & Partial<Pick<HttpReceiving, 'requestListener'>>;

function receive(
  settings: Exclude<SlackSettings, { kind: 'practice' }>,
  save: (bodies: unknown[]) => Promise<void>,
  log: Log,
): Promise<Received> {
  return settings.kind === 'socket'
    ? startReceiver({ ...settings, save, log })
    : startHttpReceiver({ ...settings, path: '/', save, log });
}

function carriersOf(core: Core, sender: Sender, identity: Identity, log: Log): SlackPart['carriers'] {
  const deps = {
    act: core.act,
    read: core.read,
    sender,
    team: identity.teamId,
    sending: core.store.collection<SendingDoc>('sending'),
    clock: core.clock,
    log: log.info,
  };
  return {
    post: (delivery) => postToSlack(deps, delivery),
    update: (delivery) => updateInSlack(deps, delivery),
    unpost: (delivery) => removeFromSlack(deps, delivery),
  };
}

/** Who joined or left a channel while Skein was down is let in or out now. */
async function catchUp(slack: SlackContext, log: Log): Promise<void> {
  const pods = await slack.read.find('pods', { where: { placeKey: { gte: 'slack:', lt: 'slack;' } } });
  for (const pod of pods) {
    if (pod.place.kind !== 'slack' || pod.direct || pod.state === 'archived') continue;
    try {
      await syncMembers(slack, pod.place.channel, `start:${pod.seq}`);
    } catch (error) {
      log.warn('members not compared', { pod: pod.id, reason: reasonOf(error) });
    }
  }
}

/** Files are private: Slack gives them to the bot's token, which goes to Slack's own hosts only. */
async function download(url: string, token: string, apiUrl: string | undefined): Promise<Uint8Array> {
  const { host } = new URL(url);
  const trusted = host.endsWith('.slack.com') || (apiUrl !== undefined && host === new URL(apiUrl).host);
  if (!trusted) throw new Retryable(`A file stands on ${host}, which is not Slack's; it was not fetched.`);
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(60_000),
  }).catch((error: unknown) => {
    throw new Retryable('Slack did not give the file.', undefined, { cause: error });
  });
  if (!response.ok) throw new Retryable(`Slack did not give the file (HTTP ${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
}

function deferred<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
