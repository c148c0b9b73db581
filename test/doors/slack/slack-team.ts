// A whole Skein with its own practice Slack. The Slack stays up, and can be manipulated, while Skein stops and starts.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import express from 'express';
import { readConfig } from '../../../src/config/config.ts';
import { readRunning } from '../../../src/doors/cli/running.ts';
import { makeLogger } from '../../../src/logger.ts';
import { type Running, start } from '../../../src/main.ts';
import { practiceDriver } from '../../../src/practice/driver/driver.ts';
import { type PracticeSlack, startPracticeSlack } from '../../../src/practice/slack/server.ts';
import type { State } from '../../../src/practice/slack/state/state.ts';
import { briskLimiter } from '../../brisk-slack.ts';
import { dropDatabase, freshDatabase } from '../../journeys/database.ts';
import { middayClock } from '../../journeys/midday.ts';
import type { Seen } from '../../journeys/team.ts';

export interface SlackTeam {
  slack: PracticeSlack;
  lines: string[];
  /** The clock of Slack and of the product. */
  clock(): number;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  say(as: string, channel: string, text: string, thread?: string): Promise<string>;
  messages(channel: string, thread?: string, as?: string): Promise<Seen[]>;
  until(channel: string, thread: string, enough: (messages: Seen[]) => boolean, as?: string): Promise<Seen[]>;
  answer(channel: string, thread: string, by: string, nth?: number): Promise<Seen>;
  command(as: string, channel: string, text: string): Promise<string>;
  /** Does an action by the command line's door. The status is 200 if it was done. */
  act<T>(as: string, pod: string, action: string, input?: object): Promise<{ status: number; body: T }>;
  /** The items of the inbox or the outbox, as `skein inbox` shows them. */
  aside(queue: 'inbox' | 'outbox'): Promise<{ id: string; reason: string }[]>;
  retry(queue: 'inbox' | 'outbox', id: string): Promise<void>;
  /** Sends an event as Slack would, over the real socket. */
  inject(event: object): Promise<void>;
  /** Resolves when the condition holds. */
  when<T>(what: string, holds: () => Promise<T | undefined | false> | T | undefined | false): Promise<T>;
  /** Resolves when every event is acknowledged and nothing is due or running. */
  quiet(): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

const HOME = resolve(import.meta.dirname, '../../..');
const WAIT_MS = 60_000;

/** `agents`: the handles of the agents that have Slack apps of their own. */
export async function aSlackTeam(
  settings: Record<string, string> = {},
  clock: () => number = middayClock(),
  agents: readonly string[] = [],
): Promise<SlackTeam> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-slack-'));
  const mongo = freshDatabase();
  const lines: string[] = [];
  const logger = makeLogger((line) => lines.push(line), Date.now);
  const slack = await startPracticeSlack({
    ...{ clock, timings: { retryDelaysMs: [0, 200, 500] } },
    agents: agents.map((handle) => ({ handle, name: handle.replace(/^./, (first) => first.toUpperCase()) })),
  });
  // The practice app does not subscribe to these events of Skein's manifest.
  const more = ['channel_unarchive', 'group_unarchive', 'user_change', 'tokens_revoked', 'app_uninstalled'];
  slack.workspace.state.app.events = [...slack.workspace.state.app.events, ...more] as State['app']['events'];
  const env = {
    PORT: '0',
    SKEIN_DATA_DIR: dir,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ...tokensOf(slack),
    ...(mongo ? { MONGODB_URI: mongo } : {}),
    ...settings,
  };
  const begin = () => start(readConfig(env, HOME), { logger, clock, limiter: briskLimiter() });
  let running: Running | undefined = await begin();
  const driver = await driving(slack);

  async function reply<T>(response: Response): Promise<T> {
    const body = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(`${response.status} ${body.error ?? ''}`);
    return body;
  }
  const sent = (url: string, body: object, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  async function door(path: string, body?: object): Promise<Response> {
    const at = await readRunning(dir);
    if (!at) throw new Error('Skein is down');
    const headers = { authorization: `Bearer ${at.token}` };
    return body ? sent(`${at.url}/cli${path}`, body, headers) : fetch(`${at.url}/cli${path}`, { headers });
  }

  const team: SlackTeam = {
    slack,
    lines,
    clock,
    get: async (path) => reply(await fetch(driver.url + path)),
    post: async (path, body) => reply(await sent(driver.url + path, body)),
    async say(as, channel, text, thread) {
      return (await team.post<{ ts: string }>('/practice/say', { as, channel, text, ...(thread ? { thread } : {}) }))
        .ts;
    },
    messages: (channel, thread, as) =>
      team.get(
        `/practice/messages?${new URLSearchParams({ channel, ...(thread ? { thread } : {}), ...(as ? { as } : {}) })}`,
      ),
    until: (channel, thread, enough, as) =>
      team.when(`enough in the thread ${thread} of ${channel}`, async () => {
        const messages = await team.messages(channel, thread, as);
        return enough(messages) && messages;
      }),
    async answer(channel, thread, by, nth = 1) {
      const own = (messages: Seen[]) => messages.filter(({ username }) => username === by);
      const seen = own(await team.until(channel, thread, (messages) => own(messages).length >= nth));
      return seen[nth - 1] as Seen;
    },
    async command(as, channel, text) {
      return (await team.post<{ text: string }>('/practice/command', { as, channel, text })).text;
    },
    async act<T>(as: string, pod: string, action: string, input: object = {}) {
      const response = await door('/act', { as, pod, action, input });
      const body = (await response.json()) as T & { result?: T };
      return { status: response.status, body: body.result ?? body };
    },
    async aside(queue) {
      const { aside } = await reply<{ aside: { id: string; reason: string }[] }>(await door(`/queue/${queue}`));
      return aside;
    },
    async retry(queue, id) {
      await reply(await door(`/queue/${queue}/retry`, { id }));
    },
    async inject(event) {
      const id = `Ev${Math.random().toString(36).slice(2)}`;
      const team_id = slack.team.id;
      const payload = {
        type: 'event_callback',
        event_id: id,
        team_id,
        event_time: Math.floor(clock() / 1000),
        event,
      };
      slack.surfaces.workspace.commit([{ kind: 'event-queued', event: { id, payload } }]);
      await slack.workspace.settled();
    },
    async when<T>(what: string, holds: () => Promise<T | undefined | false> | T | undefined | false) {
      for (const end = Date.now() + WAIT_MS; ; ) {
        const found = await holds();
        if (found !== undefined && found !== false) return found;
        if (Date.now() > end) throw new Error(`not in time: ${what}\n${lines.slice(-15).join('\n')}`);
        await new Promise((done) => setTimeout(done, 25));
      }
    },
    async quiet() {
      for (let before: number | undefined = -1; before !== slack.workspace.arrived(); ) {
        await slack.workspace.settled();
        before = slack.workspace.arrived();
        await running?.quiet();
      }
    },
    async down() {
      await running?.stop();
      running = undefined;
    },
    async up() {
      running = await begin();
    },
    async stop() {
      await team.down();
      await driver.stop();
      await slack.stop();
      await rm(dir, { recursive: true, force: true });
      if (mongo) await dropDatabase(mongo);
    },
  };
  return team;
}

/** The settings of the agents' own apps. */
export function tokensOf({ agents }: PracticeSlack): Record<string, string> {
  return Object.fromEntries(
    [...agents].flatMap(([handle, { botToken, appToken }]) => [
      [`SLACK_${handle.toUpperCase()}_BOT_TOKEN`, botToken],
      [`SLACK_${handle.toUpperCase()}_APP_TOKEN`, appToken],
    ]),
  );
}

async function driving(slack: PracticeSlack): Promise<{ url: string; stop(): Promise<void> }> {
  const app = express();
  const agents = ['scribe', 'scout', 'pilot'].map((handle) => ({ handle, name: handle }));
  const nobody = async () => undefined;
  app.use('/practice', practiceDriver({ slack, agents: async () => agents, podMail: nobody, advanceClock: () => {} }));
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
