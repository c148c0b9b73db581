// Measures the time from `npm start`, on an existing data directory, to the first answer to a mention.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { atMost, line, title } from './print.ts';
import { HOME } from './stage.ts';

const STARTS = 5;
const POLL_MS = 5;
const PATIENCE_MS = 60_000;

export async function firstAnswer(): Promise<void> {
  title('4. npm start, warm, practice workspace on the embedded store; since the command');
  const dir = await mkdtemp(join(tmpdir(), 'skein-bench-'));
  try {
    await oneStart(dir);
    const found: Start[] = [];
    for (let each = 0; each < STARTS; each++) found.push(await oneStart(dir));
    const of = (figure: keyof Start) => found.map((start) => start[figure]);
    line('until it says that it runs', of('ready'), 'ms', atMost(800));
    line('until the first answer stands', of('answered'), 'ms');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

interface Start {
  ready: number;
  answered: number;
}

async function oneStart(dir: string): Promise<Start> {
  const begun = performance.now();
  const skein = spawn('npm', ['start'], {
    cwd: HOME,
    env: settings(dir),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  try {
    const url = await urlOf(skein);
    const ready = performance.now() - begun;
    await answer(url);
    return { ready, answered: performance.now() - begun };
  } finally {
    await stop(skein);
  }
}

/** An environment without credentials or another store. */
function settings(dir: string): NodeJS.ProcessEnv {
  const { PATH, HOME: home } = process.env;
  return { PATH, HOME: home, SKEIN_DATA_DIR: dir, PORT: '0' };
}

async function urlOf(skein: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of skein.stdout ?? []) {
    said += String(chunk);
    const url = /Skein runs: (\S+)/.exec(said)?.[1];
    if (url) return url;
  }
  throw new Error(`npm start ended without running:\n${said}`);
}

async function answer(url: string): Promise<void> {
  const response = await fetch(`${url}/practice/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'ada', channel: 'launch', text: '@scribe what is open here?' }),
  });
  const { ts } = (await response.json()) as { ts: string };
  const thread = `${url}/practice/messages?${new URLSearchParams({ channel: 'launch', thread: ts })}`;
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await wait(POLL_MS)) {
    const messages = (await (await fetch(thread)).json()) as { username: string }[];
    if (messages.some(({ username }) => username === 'Scribe')) return;
  }
  throw new Error('No answer came.');
}

/** Stops the process group of npm and its server: npm ends first, and the server locks the data directory until it ends. */
async function stop(skein: ChildProcess): Promise<void> {
  const { pid } = skein;
  if (pid === undefined) return;
  const ended = skein.exitCode === null ? once(skein, 'exit') : undefined;
  signal(pid, 'SIGTERM');
  await ended;
  for (const end = performance.now() + PATIENCE_MS; signal(pid, 0); await wait(POLL_MS))
    if (performance.now() > end) throw new Error('The server has not ended a minute after it was told to.');
}

/** False if no process of the group is left. */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
