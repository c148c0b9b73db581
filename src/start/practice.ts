// Starts the practice servers for the parts that have no credentials.

import { join } from 'node:path';
import { Router } from 'express';
import type { Config, ModelSettings } from '../config/config.ts';
import type { AgentApp, SlackSettings } from '../config/slack.ts';
import { COMMAND_LIST } from '../doors/slack/commands.ts';
import type { SlackContext } from '../doors/slack/context.ts';
import { addressOf, listedAgents } from '../doors/web/addresses.ts';
import { mailHome } from '../email/address.ts';
import type { Reader } from '../log/action.ts';
import { slackPodId } from '../log/place.ts';
import type { Logger } from '../logger.ts';
import { DEMO_CHANNEL, demoMessages, playDemo } from '../practice/demo/pod.ts';
import { PROTAGONIST, tellStory } from '../practice/demo/story.ts';
import { practiceDriver } from '../practice/driver/driver.ts';
import type { PracticePods } from '../practice/driver/options.ts';
import { mailRouter } from '../practice/mail/routes.ts';
import { type PracticeMail, startPracticeMail } from '../practice/mail/server.ts';
import { type StandInModel, startStandInModel } from '../practice/model/server.ts';
import { practicePage } from '../practice/page/page.ts';
import { practiceSite } from '../practice/site.ts';
import { type PracticeSlack, startPracticeSlack } from '../practice/slack/server.ts';
import { demoDoors } from './demo.ts';
import type { ReadyMailSettings } from './mail.ts';
import type { ReadyAgentApp } from './slack-agents.ts';
import { makeUndo, type Undo } from './undo.ts';

export interface Practice {
  /** The settings, with the addresses of the practice servers. */
  slackSettings: Exclude<SlackSettings, { kind: 'practice' }>;
  /** The agents' own apps, with the tokens of the practice Slack. */
  agentApps: ReadyAgentApp[];
  modelSettings: Extract<ModelSettings, { kind: 'anthropic' }>;
  mailSettings: ReadyMailSettings;
  /** Returns the routes of the driver and the page, if the practice Slack runs. */
  site(read: Reader, pods: PracticePods, advanceClock: (seconds: number) => void): Router | undefined;
  /** Returns how many events the practice Slack has sent so far. Undefined while one is on its way. */
  arrived?(): number | undefined;
  /** Plays the first minutes of the demo pod. Present only with the stand-in model, since a real model costs money. */
  story?(read: Reader, quiet: () => Promise<void>): Promise<void>;
  /** Creates the demo pod if it does not exist. */
  demo?(slack: SlackContext): Promise<void>;
  stop(): Promise<void>;
}

/** The mail domain of the practice pods: a subdomain of the people's domain, as a team would choose it. */
const MAIL_DOMAIN = 'pods.wildgoose.example';

/** `agents`: the agents' own apps. */
export async function startPractice(
  config: Config,
  agents: readonly PracticeAgent[],
  clock: () => number,
  logger: Logger,
): Promise<Practice> {
  const undo = makeUndo(logger);
  const { slack, mail, model } = await startServers(config, agents, clock, logger, undo).catch(undo.afterFailure);
  const home = mail ? mailHome({ domain: MAIL_DOMAIN }) : config.mail.kind === 'mailbox' ? config.mail.home : undefined;
  if (slack) logger.info('practice Slack', { url: slack.url });
  if (model) logger.info('stand-in model', { url: model.url });
  const messages = slack ? demoMessages(slack) : [];
  return {
    ...(slack ? { arrived: () => slack.workspace.arrived() } : {}),
    ...(slack ? { demo: (context) => playDemo(demoDoors(context), messages, clock()) } : {}),
    slackSettings: slack
      ? { kind: 'socket', botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl }
      : (config.slack as Practice['slackSettings']),
    agentApps: agents.flatMap(({ name: _name, ...app }) => readyApp(app, slack) ?? []),
    modelSettings: model
      ? { kind: 'anthropic', apiKey: 'stand-in', baseUrl: model.url }
      : (config.model as Practice['modelSettings']),
    mailSettings: mail
      ? {
          kind: 'smtp',
          smtpUrl: mail.smtpUrl,
          home: mailHome({ domain: MAIL_DOMAIN }),
          authservId: mail.authservId,
          begin: mail.begin,
        }
      : (config.mail as Exclude<Config['mail'], { kind: 'practice' }>),
    site(read, pods, advanceClock) {
      if (!slack) return undefined;
      const driver = practiceDriver({
        slack,
        agents: () => listedAgents(read, home),
        mailOf: (pod) => addressOf(read, home, pod),
        commands: COMMAND_LIST.filter(({ usage }) => usage.startsWith('/')),
        podMail: (channel) => addressOf(read, home, slackPodId(slack.workspace.state.team.id, channel)),
        pods,
        ...(model ? { newcomer: PROTAGONIST } : {}),
        ...(mail ? { newestMail: mail.newest } : {}),
        advanceClock,
      });
      return practiceSite({ driver: mail ? Router().use(mailRouter(mail), driver) : driver, page: practicePage() });
    },
    ...(slack && model
      ? {
          story: (read, quiet) =>
            tellStory({
              slack,
              ...(mail ? { mail } : {}),
              channel: DEMO_CHANNEL,
              address: () => addressOf(read, home, slackPodId(slack.workspace.state.team.id, DEMO_CHANNEL)),
              quiet,
              logger,
            }),
        }
      : {}),
    stop: undo.run,
  };
}

export type PracticeAgent = AgentApp & { name: string };

function readyApp(app: AgentApp, slack: PracticeSlack | undefined): ReadyAgentApp | undefined {
  if (app.kind !== 'practice') return app;
  const tokens = slack?.agents.get(app.handle);
  return tokens && { ...app, ...tokens, kind: 'socket' };
}

interface Servers {
  slack?: PracticeSlack;
  mail?: PracticeMail;
  model?: StandInModel;
}

async function startServers(
  config: Config,
  agents: readonly PracticeAgent[],
  clock: () => number,
  logger: Logger,
  undo: Undo,
): Promise<Servers> {
  const servers: Servers = {};
  const dirOf = (name: string) => join(config.dataDir, name);
  if (config.slack.kind === 'practice') {
    servers.slack = await startPracticeSlack({
      ...{ dir: dirOf('practice-slack'), clock, logger },
      agents: agents.filter(({ kind }) => kind === 'practice').map(({ handle, name }) => ({ handle, name })),
    });
    undo.add(servers.slack.stop);
  }
  if (config.mail.kind === 'practice') {
    servers.mail = await startPracticeMail({ dir: dirOf('practice-mail'), domain: MAIL_DOMAIN, clock, logger });
    undo.add(servers.mail.stop);
  }
  if (config.model.kind === 'stand-in') {
    servers.model = await startStandInModel({ now: clock });
    undo.add(servers.model.stop);
  }
  return servers;
}
