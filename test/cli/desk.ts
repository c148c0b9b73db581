// Builders for tests of the command line: the real door over the store in memory, and a command line connected to it.

import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import type { Io } from '../../src/cli/io.ts';
import { skein } from '../../src/cli/skein.ts';
import { type CliDoorDeps, cliDoor } from '../../src/doors/cli/door.ts';
import { writeRunning } from '../../src/doors/cli/running.ts';
import type { Ignored } from '../../src/inbox/ignored-mails.ts';
import type { ShownLeftOut } from '../../src/inbox/left-out.ts';
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue, type Queue } from '../../src/lanes/queue.ts';
import { LOG_SPECS } from '../../src/log/fold.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { makeReader } from '../../src/log/read.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { heardBy } from '../logs.ts';
import { aWorld, type World } from '../pods/build.ts';
import { memoryStore } from '../store/memory.ts';
import { texts } from '../texts/words.ts';

export interface Desk {
  world: World;
  url: string;
  token: string;
  dataDir: string;
  queues: { inbox: Queue; outbox: Queue };
  /** The mails of `skein inbox --ignored`. */
  ignored: Ignored['mails'];
  events: ShownLeftOut[];
  /** The lines that the door logged. */
  logged: { phrase: string; fields: Record<string, unknown> }[];
  /** Runs `skein` with these arguments, as typed in a shell of that environment. */
  skein(args: readonly string[], over?: Partial<Typed>): Promise<Ended>;
  close(): Promise<void>;
}

export interface Typed {
  env: Record<string, string>;
  stdin: string;
}

export interface Ended {
  code: number;
  out: string;
  err: string;
}

export async function aDesk(over: Partial<CliDoorDeps> = {}): Promise<Desk> {
  const specs = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, ...laneSpecs('inbox'), ...laneSpecs('outbox')];
  const world = await aWorld({ store: memoryStore(specs) });
  const { store, act, clock } = world;
  const queueOf = (name: string) => makeQueue(store, name, () => clock.now);
  const queues = { inbox: queueOf('inbox'), outbox: queueOf('outbox') };
  const logged: Desk['logged'] = [];
  const ignored: Desk['ignored'] = [];
  const events: Desk['events'] = [];
  const dataDir = await mkdtemp(join(tmpdir(), 'skein-desk-'));
  const app = express();
  const server = await listening(app);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { token } = await writeRunning(dataDir, { url, pid: process.pid });
  app.use(
    '/cli',
    cliDoor({
      ...{ act, read: makeReader(store), queues, token, clock: () => clock.now },
      rebuild: (pod) => Promise.all((pod ? [pod] : ['org', 'p_launch']).map((one) => rebuilt(world, one))),
      take: ({ kind, name }) => Promise.resolve({ took: `${kind} ${name}`, version: 2 }),
      ignored: async () => ({ mails: ignored, more: false, events }),
      doctor: () => Promise.reject(new Error('Nobody expected that the doctor asks.')),
      texts,
      logger: heardBy((phrase, fields = {}) => logged.push({ phrase, fields })),
      ...over,
    }),
  );
  return {
    ...{ world, url, token, dataDir, queues, ignored, events, logged },
    skein: (args, typed) => run(args, { ...typed, env: { SKEIN_DATA_DIR: dataDir, ...typed?.env } }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The command line without a process: takes arguments and standard input, returns output and exit code. */
export async function run(args: readonly string[], { env = {}, stdin }: Partial<Typed> = {}): Promise<Ended> {
  const ended = { out: '', err: '' };
  const io: Io = {
    env,
    home: '/nowhere',
    out: (text) => {
      ended.out += text;
    },
    err: (text) => {
      ended.err += text;
    },
    stdin: async () => {
      if (stdin === undefined) throw new Error('Nobody expected that standard input is read.');
      return stdin;
    },
  };
  const code = await skein(io, args);
  return { code, ...ended };
}

async function rebuilt({ fold }: World, pod: string) {
  return { pod, commits: await rebuild(fold, pod) };
}

async function listening(app: express.Express): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
}
