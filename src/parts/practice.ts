// The practice workspace: whatever has no credentials is played by a server on this machine.
import { join } from 'node:path';
import type { Router } from 'express';
import type { Config, ModelSettings, SlackSettings } from '../config.ts';
import type { Log } from '../log.ts';
import type { Reader } from '../pods/action.ts';
import { practiceDriver } from '../practice/driver.ts';
import { startStandInModel } from '../practice/model/server.ts';
import { practicePage } from '../practice/page/page.ts';
import { type PracticeSlack, startPracticeSlack } from '../practice/slack/server.ts';
import type { DemoMessage } from './demo.ts';

export interface Practice {
  slack?: PracticeSlack;
  /** The settings as they are with the practice servers in place. */
  slackSettings: Exclude<SlackSettings, { kind: 'practice' }>;
  modelSettings: Extract<ModelSettings, { kind: 'anthropic' }>;
  /** The driver and the page, while a practice Slack runs. */
  router(read: Reader, advanceClock: (seconds: number) => void): { driver: Router; page: Router } | undefined;
  /** What stands in the channel of the demo pod. */
  demo?: { channel: string; messages: DemoMessage[] };
  stop(): Promise<void>;
}

const DEMO_CHANNEL = 'C0LAUNCH01';

export async function startPractice(config: Config, clock: () => number, log: Log): Promise<Practice> {
  const slack =
    config.slack.kind === 'practice'
      ? await startPracticeSlack({ dir: join(config.dataDir, 'practice-slack'), clock })
      : undefined;
  const model = config.model.kind === 'stand-in' ? await startStandInModel({ now: clock }) : undefined;
  if (slack) log.info('practice Slack', { url: slack.url });
  if (model) log.info('stand-in model', { url: model.url });
  return {
    ...(slack ? { slack, demo: { channel: DEMO_CHANNEL, messages: standing(slack) } } : {}),
    slackSettings: slack
      ? { kind: 'socket', botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl }
      : (config.slack as Practice['slackSettings']),
    modelSettings: model
      ? { kind: 'anthropic', apiKey: 'stand-in', baseUrl: model.url }
      : (config.model as Practice['modelSettings']),
    router(read, advanceClock) {
      if (!slack) return undefined;
      const agents = async () => {
        const docs = await read.find('agents', { where: { pod: 'org' }, sort: [['id', 'asc']] });
        return docs.map(({ handle, name }) => ({ handle, name }));
      };
      const driver = practiceDriver({ slack, agents, podMail: async () => undefined, advanceClock });
      return { driver, page: practicePage() };
    },
    async stop() {
      await Promise.all([slack?.stop(), model?.stop()]);
    },
  };
}

function standing(slack: PracticeSlack): DemoMessage[] {
  const messages = slack.workspace.state.messages.get(DEMO_CHANNEL)?.values() ?? [];
  return [...messages]
    .filter((message) => message.user && !message.subtype)
    .map(({ user = '', ts, text, thread_ts }) => ({
      user,
      ts,
      text,
      channel: DEMO_CHANNEL,
      ...(thread_ts && thread_ts !== ts ? { thread: thread_ts } : {}),
    }))
    .sort((a, b) => Number(a.ts) - Number(b.ts));
}
