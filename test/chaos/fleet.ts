// The processes of one test, and their queues and tasks, read through the command line's door.
import { expect } from 'chai';
import { type Client, connect } from '../../src/cli/client.ts';
import { type Child, spawnChild } from './child.ts';

interface Shown {
  kind: string;
  id: string;
  attempts: number;
  reason?: string;
}

interface Shelf {
  waiting: Shown[];
  aside: Shown[];
}

export interface Fleet {
  spawn(env: Record<string, string>): Promise<Child>;
  /** The last lines of the newest processes, for the message of a failure. */
  told(): string;
  lines(): string[];
  stop(): Promise<void>;
}

export function aFleet(): Fleet {
  const all: Child[] = [];
  return {
    async spawn(env) {
      const child = await spawnChild(env);
      all.push(child);
      return child;
    },
    told: () =>
      all
        .slice(-4)
        .map(({ pid, lines }) => `${pid}:\n${lines.slice(-12).join('\n')}`)
        .join('\n'),
    lines: () => all.flatMap((child) => child.lines),
    async stop() {
      for (const child of all) child.kill();
      await Promise.all(all.map((child) => child.exited));
    },
  };
}

/** The door of the Skein that runs on these settings. */
export function doorOf(env: Record<string, string>): Promise<Client> {
  return connect({ env, home: '/' });
}

async function shelves(env: Record<string, string>): Promise<Shelf[]> {
  const door = await doorOf(env);
  return Promise.all([door.get<Shelf>('/cli/queue/inbox'), door.get<Shelf>('/cli/queue/outbox')]);
}

export async function queuesEmpty(env: Record<string, string>): Promise<boolean> {
  return (await shelves(env)).every(({ waiting }) => !waiting.length);
}

/** True if nothing of this kind waits, whatever else does: a mail of a conversation waits ten minutes for others. */
export async function noneWaits(env: Record<string, string>, kind: string): Promise<boolean> {
  return (await shelves(env)).every(({ waiting }) => waiting.every((one) => one.kind !== kind));
}

export async function laidAside(env: Record<string, string>): Promise<Shown[]> {
  return (await shelves(env)).flatMap(({ aside }) => aside);
}

/** Titles of the tasks in #launch, also of those that an agent has done. */
export async function tasks(env: Record<string, string>): Promise<string[]> {
  const asked = { as: 'ada', pod: 'launch', action: 'list_tasks', input: { state: 'all' } };
  const { result } = await (await doorOf(env)).post<{ result: { tasks: { title: string }[] } }>('/cli/act', asked);
  return result.tasks.map(({ title }) => title);
}

/** Fails if a line reports a bug or holds a secret of the settings. */
export function expectClean(lines: readonly string[], env: Record<string, string>): void {
  expect(lines.filter((line) => / error |set aside|lane failed|^\s+at /.test(line))).to.deep.equal([]);
  expectNoSecret(lines, env);
}

export function expectNoSecret(texts: readonly string[], env: Record<string, string>): void {
  const secrets = Object.values(env).filter((value) => /^(xox.-|xapp-|sk-)/.test(value));
  expect(secrets).not.to.deep.equal([]);
  expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).to.deep.equal([]);
}
