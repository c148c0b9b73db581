// Builders for journeys: a whole Skein with its practice workspace. Tests act through the driver and see what people see.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../../src/config/config.ts';
import { makeLogger } from '../../src/logger.ts';
import { type Running, start } from '../../src/main.ts';
import { briskLimiter } from '../brisk-slack.ts';
import { dropDatabase, freshDatabase } from './database.ts';
import { middayClock } from './midday.ts';

export interface Seen {
  ts: string;
  user: string;
  username: string;
  text: string;
  blocks: Record<string, unknown>[];
  thread_ts?: string;
  ephemeral?: boolean;
  files: { id: string; name: string }[];
}

export interface Team {
  url: string;
  dir: string;
  /** The database. Absent with the embedded store. */
  database?: string;
  lines: string[];
  /** The product's clock, before anybody moves it forward. */
  clock(): number;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  say(as: string, channel: string, text: string, thread?: string): Promise<string>;
  messages(channel: string, thread?: string, as?: string): Promise<Seen[]>;
  /** The messages of a thread once `enough` holds for them. */
  until(channel: string, thread: string, enough: (messages: Seen[]) => boolean, as?: string): Promise<Seen[]>;
  /** The first answer by this agent in the thread, after `after` messages. */
  answer(channel: string, thread: string, by: string, nth?: number): Promise<Seen>;
  command(as: string, channel: string, text: string): Promise<string>;
  /** Resolves when no work is going on. */
  quiet(): Promise<void>;
  /** Moves the clock forward, in seconds. Resolves when what is due by then is done, and what is due by that. */
  passes(seconds: number): Promise<void>;
  restart(): Promise<void>;
  /** Does `work` while Skein is stopped. */
  away(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const HOME = resolve(import.meta.dirname, '../..');
const WAIT_MS = 60_000;

/** `clock`: the product's clock, before anybody moves it forward. */
export async function aTeam(env: Record<string, string> = {}, clock = middayClock()): Promise<Team> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-team-'));
  const mongo = freshDatabase();
  const lines: string[] = [];
  const logger = makeLogger((line) => lines.push(line), Date.now);
  const settings = { PORT: '0', SKEIN_DATA_DIR: dir, ...(mongo ? { MONGODB_URI: mongo } : {}), ...env };
  const begin = () => start(readConfig(settings, HOME), { logger, clock, limiter: briskLimiter() });
  let running: Running = await begin();

  async function reply<T>(response: Response): Promise<T> {
    const body = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(`${response.status} ${body.error ?? ''}`);
    return body;
  }
  const get = async <T>(path: string) => reply<T>(await fetch(running.url + path));
  const post = async <T>(path: string, body: object) =>
    reply<T>(
      await fetch(running.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );

  const team: Team = {
    get url() {
      return running.url;
    },
    dir,
    ...(mongo ? { database: mongo } : {}),
    lines,
    clock,
    get,
    post,
    async say(as, channel, text, thread) {
      return (await post<{ ts: string }>('/practice/say', { as, channel, text, ...(thread ? { thread } : {}) })).ts;
    },
    messages: (channel, thread, as) =>
      get<Seen[]>(
        `/practice/messages?${new URLSearchParams({ channel, ...(thread ? { thread } : {}), ...(as ? { as } : {}) })}`,
      ),
    async until(channel, thread, enough, as) {
      const end = Date.now() + WAIT_MS;
      for (;;) {
        const messages = await team.messages(channel, thread, as);
        if (enough(messages)) return messages;
        if (Date.now() > end)
          throw new Error(
            `not seen in time; the thread holds ${JSON.stringify(
              messages.map(({ username, text }) => `${username}: ${text}`),
              null,
              1,
            )}\n${lines.slice(-15).join('\n')}`,
          );
        await new Promise((done) => setTimeout(done, 25));
      }
    },
    async answer(channel, thread, by, nth = 1) {
      const own = (messages: Seen[]) => messages.filter((message) => message.username === by);
      const seen = await team.until(channel, thread, (messages) => own(messages).length >= nth);
      const answer = own(seen)[nth - 1];
      if (!answer) throw new Error('unreachable');
      return answer;
    },
    async command(as, channel, text) {
      return (await post<{ text: string }>('/practice/command', { as, channel, text })).text;
    },
    quiet: () => running.quiet(),
    async passes(seconds) {
      await post('/practice/clock', { advance: seconds });
      // What is due may be told to somebody in whose place another is told: each is due at once.
      for (let n = 0; n < 3; n += 1) {
        await running.look();
        await running.quiet();
      }
    },
    restart: () => team.away(async () => {}),
    async away(work) {
      await running.stop();
      await work();
      running = await begin();
    },
    async stop() {
      await running.stop();
      await rm(dir, { recursive: true, force: true });
      if (mongo) await dropDatabase(mongo);
    },
  };
  return team;
}
