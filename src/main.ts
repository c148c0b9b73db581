// Builds the parts and connects them. Contains no other logic.
import { resolve } from 'node:path';
import { moveSpending } from './agents/runs/move-spending.ts';
import { moveIntents } from './agents/sessions/move-intents.ts';
import { type Config, cantStart, surveyConfig } from './config/config.ts';
import { readVersion } from './config/version.ts';
import { newToken, writeRunning } from './doors/cli/running.ts';
import { webPods } from './doors/web/pods.ts';
import { openWeb } from './doors/web/server.ts';
import type { Timers } from './due/start.ts';
import { allQuiet } from './lanes/all-quiet.ts';
import type { WorkerSettings } from './lanes/worker.ts';
import { type Logger, makeLogger } from './logger.ts';
import { reportEdited } from './manifests/edited.ts';
import { importShipped } from './manifests/import.ts';
import { importWorkflows } from './manifests/import-workflows.ts';
import { readShipped, surveyShipped } from './manifests/read.ts';
import { ACTIONS } from './pods/actions.ts';
import { ORG } from './pods/members/rights.ts';
import { ARM_KEY } from './pods/tasks/due/arm-due.ts';
import type { Limiter } from './slack/send/limiter.ts';
import { startAgents } from './start/agents.ts';
import { startCore } from './start/core.ts';
import { makeDigest } from './start/digest.ts';
import { startDue } from './start/due.ts';
import { startInbox } from './start/inbox.ts';
import { knownAgents } from './start/known-agents.ts';
import { type ReadyMailSettings, startMail } from './start/mail.ts';
import { startOutbox } from './start/outbox.ts';
import { startPractice } from './start/practice.ts';
import { startSlack } from './start/slack.ts';
import { makeUndo } from './start/undo.ts';
import { mountAll } from './start/web.ts';

export interface Running {
  url: string;
  /** Resolves when nothing is due and nothing is being done. */
  quiet(): Promise<void>;
  /** Looks at the clock now, not at the next regular time. Resolves when what is due is decided; then it is delivered. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface Seams {
  logger?: Logger;
  /** The clock under Skein's clock, which practice mode can move forward. */
  clock?: () => number;
  worker?: WorkerSettings;
  /** A mail server that does not run in this process. */
  mail?: ReadyMailSettings;
  /** Keeps the calls within Slack's limits, by another clock than that on the wall. */
  limiter?: Limiter;
  /** True: the people of the demo pod continue to write by themselves. */
  story?: boolean;
  /** Aborts a start that still waits for something. */
  signal?: AbortSignal;
}

/**
 * Starts all parts that the settings ask for. If a part fails, the parts started before it are stopped in reverse
 * order.
 */
export async function start(config: Config, seams: Seams = {}): Promise<Running> {
  let ahead = 0;
  const unmoved = seams.clock ?? Date.now;
  const clock = () => unmoved() + ahead;
  const logger = seams.logger ?? makeLogger((line) => process.stderr.write(`${line}\n`), Date.now);
  for (const note of config.notes) logger.warn(note);
  const undo = makeUndo(logger);
  try {
    const { version } = await readVersion();
    const shipped = await readShipped(config.home, config.env, logger);
    const core = await startCore(config, clock, logger);
    undo.add(core.stop);
    seams.signal?.throwIfAborted();
    // The port is opened before anything outside knows of this process: a process that can't have the port must not
    // receive events. Requests from other machines are refused while the practice workspace runs, because its driver
    // acts as anybody.
    const outside = config.publicUrl !== undefined && config.slack.kind !== 'practice';
    const web = await openWeb({ port: config.port, outside });
    undo.add(web.stop);
    await importShipped(core, shipped);
    await importWorkflows(core, shipped.workflows);
    await reportEdited(core.read, shipped, logger);
    const practice = await startPractice(config, await knownAgents(config, core.read), clock, logger);
    undo.add(practice.stop);
    let poke = () => {};
    let pokeInbox = () => {};
    const onSaved = () => pokeInbox();
    const mailSettings = seams.mail ?? practice.mailSettings;
    const home = mailSettings.kind === 'off' ? {} : { mailHome: mailSettings.home };
    const slack = await startSlack(core, practice.slackSettings, logger, {
      ...{ onSaved, onLeased: () => poke(), texts: shipped.texts, agents: practice.agentApps, ...home },
      ...(seams.limiter ? { limiter: seams.limiter } : {}),
      ...(seams.signal ? { signal: seams.signal } : {}),
    });
    undo.add(slack.stop);
    seams.signal?.throwIfAborted();
    await practice.demo?.(slack.context);
    const mail = await startMail(core, mailSettings, { logger, poke: onSaved, texts: shipped.texts });
    undo.add(mail.stop);
    const inbox = startInbox(core, { slack, mail }, logger, seams.worker);
    pokeInbox = inbox.poke;
    undo.add(inbox.stop);
    await moveIntents(core.store, logger);
    await moveSpending({ ...core, actions: ACTIONS }, logger);
    await core.act({ pod: ORG, actor: 'skein', via: 'skein', action: 'arm_due_days', input: {}, key: ARM_KEY });
    const { modelName } = config;
    const { servers, texts } = shipped;
    const digest = makeDigest(
      core,
      {
        modelName,
        texts,
        ...(config.model.kind === 'anthropic' ? { model: config.model } : {}),
        ...(config.publicUrl ? { base: config.publicUrl } : {}),
      },
      logger,
    );
    const agents = startAgents(core, { model: practice.modelSettings, modelName, servers, texts }, slack, logger);
    undo.add(agents.stop);
    const outbox = startOutbox(
      core,
      {
        texts,
        slack: slack.parts,
        digest: digest.parts,
        runner: agents.runner,
        leased: slack.leased,
        onSaved,
        ...(mail.parts ? { mail: mail.parts } : {}),
      },
      logger,
      seams.worker,
    );
    poke = outbox.poke;
    undo.add(outbox.stop);
    let timers: Timers | undefined;
    const token = newToken();
    const site = practice.site(core.read, webPods(core, slack.context), (seconds) => {
      ahead += seconds * 1000;
      timers?.poke();
    });
    const { unsubscribe } = digest;
    mountAll(
      web,
      core,
      { config, version, token, texts: shipped.texts, unsubscribe, site, slackEvents: slack.listener },
      logger,
    );
    // Added a second time, so that the web server stops before the parts behind it, and no request finds them stopped.
    undo.add(web.stop);
    timers = await startDue(core, config.mongodbUri, logger);
    undo.add(timers.stop);
    const running = await writeRunning(config.dataDir, { url: web.url, pid: process.pid, token });
    undo.add(running.remove);
    // The first step of a stop, because the later steps wait for running calls.
    undo.add(slack.hangUp);
    logger.info('skein is ready', { url: web.url, store: core.store.kind, team: slack.identity.teamName });
    const calm = () => allQuiet([inbox, outbox], practice.arrived);
    if (seams.story) void practice.story?.(core.read, calm);
    return { url: web.url, quiet: calm, look: timers.look, stop: undo.run };
  } catch (error) {
    return undo.afterFailure(error);
  }
}

/** Starts Skein for the command line, with the settings of the environment and this checkout as home. */
export async function runMain(
  env = process.env,
  home = resolve(import.meta.dirname, '..'),
  signal?: AbortSignal,
): Promise<Running> {
  const { config, faults } = surveyConfig(env, home);
  // Reports the faults of the settings and of the shipped files together, so that people can fix all at once.
  if (faults.length) throw cantStart([...faults, ...(await surveyShipped(home, env)).problems], config.notes);
  return start(config, { story: true, ...(signal ? { signal } : {}) });
}
