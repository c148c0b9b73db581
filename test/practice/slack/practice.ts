// Builders for the tests of the practice Slack: a workspace, a real Bolt app in it, and waiting on conditions.
import { App, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { AppTokens } from '../../../src/practice/slack/api/dispatch.ts';
import * as people from '../../../src/practice/slack/people/people.ts';
import {
  type PracticeSlack,
  type PracticeSlackOptions,
  startPracticeSlack,
} from '../../../src/practice/slack/server.ts';
import { type Seed, seed } from '../../../src/practice/slack/state/seed.ts';
import { heardBy } from '../../logs.ts';

export const ADA = 'U0ADALIND1';
export const BEN = 'U0BENOKAF1';
export const CHIARA = 'U0CHIARAR1';
export const SKEIN = 'U0SKEINBT1';
export const GENERAL = 'C0GENERAL1';
export const LAUNCH = 'C0LAUNCH01';
export const SUPPORT = 'C0SUPPORT1';

/** A workspace whose app may do more, and hears more, than Skein’s own. */
export const WIDE: Seed = {
  ...seed,
  app: {
    ...seed.app,
    scopes: [
      ...seed.app.scopes,
      ...['channels:join', 'channels:manage', 'groups:write', 'mpim:write', 'reactions:read', 'team:read'],
      'users.profile:read',
    ],
    events: [...seed.app.events, 'channel_created', 'file_shared', 'reaction_added', 'reaction_removed'],
  },
};

export interface Practice {
  slack: PracticeSlack;
  web: WebClient;
  /** The injected clock, in milliseconds. */
  clock: { now: number };
  say(user: string, channel: string, text: string, thread?: string): string;
  /** A real Bolt app over real Socket Mode; `prepare` registers its listeners. */
  connect(prepare: (app: App) => void, tokens?: AppTokens): Promise<App>;
  stop(): Promise<void>;
}

export async function practice(options: Partial<PracticeSlackOptions> = {}): Promise<Practice> {
  const clock = { now: 1_795_000_000_000 };
  const timings = { ackTimeoutMs: 10_000, retryDelaysMs: [0, 10, 10] };
  const undeclared: unknown[] = [];
  const logger = heardBy((phrase, fields) => phrase.includes('does not declare') && undeclared.push(fields));
  const slack = await startPracticeSlack({ clock: () => clock.now, seed: WIDE, timings, logger, ...options });
  const { workspace } = slack.surfaces;
  const apps: { app: App; closed: Promise<unknown> }[] = [];
  return {
    slack,
    clock,
    web: webClient(slack),
    say: (user, channel, text, thread) => people.say(workspace, user, channel, text, thread).ts,
    async connect(prepare, { botToken, appToken } = slack) {
      const receiver = new SocketModeReceiver({
        appToken,
        logger: quiet,
        clientPingTimeout: 2_000,
        installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
      });
      const app = new App({
        token: botToken,
        receiver,
        logger: quiet,
        convoStore: false,
        clientOptions: { slackApiUrl: slack.apiUrl },
      });
      prepare(app);
      await app.start();
      apps.push({ app, closed: new Promise((resolve) => receiver.client.once('disconnected', resolve)) });
      return app;
    },
    async stop() {
      for (const { app, closed } of apps) {
        await app.stop();
        await closed;
      }
      await slack.stop();
      if (undeclared.length > 0) throw new Error(`errors missing in the method table: ${JSON.stringify(undeclared)}`);
    },
  };
}

export function webClient(slack: PracticeSlack, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    logger: quiet,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** The error code that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return (error as { data?: { error?: string } }).data?.error ?? String(error);
  }
  throw new Error('the call was not refused');
}

/** Collects what listeners get, and waits until there is enough of it. */
export function collector<T>() {
  const items: T[] = [];
  const waiting: (() => void)[] = [];
  return {
    items,
    push(item: T) {
      items.push(item);
      for (const check of waiting) check();
    },
    reaches: (count: number) =>
      new Promise<T[]>((resolve) => {
        const check = () => items.length >= count && resolve(items);
        waiting.push(check);
        check();
      }),
  };
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

const nothing = () => {};
const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};
