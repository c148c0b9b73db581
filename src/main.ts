// Builds the parts and joins them; no logic.
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cliDoor } from './cli/door.ts';
import { newToken, writeRunning } from './cli/running.ts';
import { type Config, readConfig } from './config.ts';
import type { Worker, WorkerSettings } from './lanes/worker.ts';
import { type Log, makeLog } from './log.ts';
import { startAgents } from './parts/agents.ts';
import { startCore } from './parts/core.ts';
import { playDemo } from './parts/demo.ts';
import { startPractice } from './parts/practice.ts';
import { readShelves, takeIn } from './parts/shelves.ts';
import { startSlack } from './parts/slack.ts';
import { serve } from './parts/web.ts';
import { ACTIONS } from './pods/actions.ts';

export interface Running {
  url: string;
  /** Resolves when nothing is due and nothing is being worked on. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export interface Seams {
  log?: Log;
  clock?: () => number;
  worker?: WorkerSettings;
}

/** Starts everything the settings ask for. Whatever was started is stopped again, in reverse, when a later part fails. */
export async function start(config: Config, seams: Seams = {}): Promise<Running> {
  let ahead = 0;
  const clock = seams.clock ?? (() => Date.now() + ahead);
  const log = seams.log ?? makeLog((line) => process.stderr.write(`${line}\n`), Date.now);
  for (const note of config.notes) log.warn(note);
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const shelves = await readShelves(config.home, config.env, log);
    const core = await startCore(config, clock, log);
    undo.push(core.stop);
    await takeIn(core.act, shelves);
    const practice = await startPractice(config, clock, log);
    undo.push(practice.stop);
    let poke = () => {};
    const slack = await startSlack(core, practice.slackSettings, log, () => poke(), seams.worker);
    undo.push(slack.stop);
    if (practice.demo) await playDemo(slack.context, practice.demo.channel, practice.demo.messages, clock());
    const agents = startAgents(
      core,
      {
        model: practice.modelSettings,
        modelName: config.modelName,
        servers: shelves.servers,
        ...(seams.worker ? { worker: seams.worker } : {}),
      },
      slack,
      log,
    );
    poke = agents.outbox.poke;
    undo.push(agents.stop);
    const token = newToken();
    const queues = { inbox: core.inbox, outbox: core.outbox };
    const routers = practice.router(core.read, (seconds) => {
      ahead += seconds * 1000;
    });
    const web = await serve(config, {
      cli: cliDoor({
        act: core.act,
        read: core.read,
        actions: ACTIONS,
        queues,
        rebuild: core.rebuild,
        token,
      }),
      ...(routers ? { practice: routers } : {}),
      ...(slack.listener ? { slack: slack.listener } : {}),
    });
    undo.push(web.stop);
    const running = await writeRunning(config.dataDir, { url: web.url, pid: process.pid, token });
    undo.push(running.remove);
    log.info('skein is ready', { url: web.url, store: core.store.kind, team: slack.identity.teamName });
    return { url: web.url, quiet: () => quiet([slack.inbox, agents.outbox]), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function quiet(workers: readonly Worker[]): Promise<void> {
  for (;;) {
    const each = await Promise.all(workers.map((worker) => worker.quiet()));
    if (each.every(Boolean)) return;
    await delay(20);
  }
}

/** For the command line: settings from the environment, this checkout as home. */
export async function runMain(env = process.env): Promise<Running> {
  return start(readConfig(env, resolve(import.meta.dirname, '..')));
}
