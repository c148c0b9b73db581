// The environment of the benches: a new store with the shipped agents, a person, and pods in Slack channels.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ParticipantId } from '../src/log/participant.ts';
import { slackPodId } from '../src/log/place.ts';
import { makeLogger } from '../src/logger.ts';
import { importShipped } from '../src/manifests/import.ts';
import { readShipped } from '../src/manifests/read.ts';
import { type Core, startCore } from '../src/start/core.ts';

export const HOME = resolve(import.meta.dirname, '..');
export const TEAM = 'T0BENCH01';

export interface Stage {
  core: Core;
  ada: ParticipantId;
  /** The data directory of the embedded store. */
  dir: string;
  stop(): Promise<void>;
}

/** A pod in a channel of its own. */
export interface BenchPod {
  pod: string;
  channel: string;
}

/** Shows failures only. */
export const benchLog = makeLogger((line) => {
  if (/ (warn|error) /.test(line)) process.stderr.write(`${line}\n`);
}, Date.now);

/** `mongodbUri`: a database of its own. Absent: the embedded store in a temporary directory. */
export async function openStage(mongodbUri?: string, clock: () => number = Date.now): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-bench-'));
  const core = await startCore({ dataDir: dir, ...(mongodbUri ? { mongodbUri } : {}) }, clock, benchLog);
  await importShipped(core, await readShipped(HOME, {}, benchLog));
  const skein = { actor: 'skein', via: 'skein' } as const;
  const { result } = await core.act<{ person: { id: ParticipantId } }>({
    ...skein,
    pod: 'org',
    action: 'register_person',
    input: { account: `slack:${TEAM}:U0ADA`, name: 'Ada Lindqvist', handle: 'ada' },
    key: 'bench:ada',
  });
  return {
    core,
    dir,
    ada: result.person.id,
    async stop() {
      await core.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Creates the nth pod, with Ada and all agents. */
export async function makePod({ core, ada }: Stage, n: number): Promise<BenchPod> {
  const channel = `C0BENCH${n}`;
  const pod = slackPodId(TEAM, channel);
  await core.act({
    pod,
    actor: ada,
    via: 'slack',
    action: 'create_pod',
    input: { name: 'bench', purpose: 'Measure.' },
    key: 'create',
    origin: { kind: 'slack', team: TEAM, channel },
  });
  return { pod, channel };
}

/** Posts a message of Ada in Slack. `n`: the message's number. `thread`: the number of the thread's first message. */
export async function say(
  { core, ada }: Stage,
  benchPod: BenchPod,
  text: string,
  n: number,
  thread = n,
): Promise<string> {
  const { pod, channel } = benchPod;
  const { result } = await core.act<{ message: { conversation: string } }>({
    pod,
    actor: ada,
    via: 'slack',
    action: 'post_message',
    input: { text },
    key: `slack:${n}`,
    origin: { kind: 'slack', team: TEAM, channel, ts: tsOf(n), thread: tsOf(thread), at: Date.now() },
  });
  return result.message.conversation;
}

export const tsOf = (n: number): string => `${1_795_000_000 + n}.000100`;
