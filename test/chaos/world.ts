// The environment of a Skein that is killed: a practice Slack and a stand-in model, both behind taps, that go on.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { messagesSeen } from '../../src/practice/driver/look.ts';
import { type StandInModel, startStandInModel } from '../../src/practice/model/server.ts';
import { command } from '../../src/practice/slack/people/command.ts';
import * as people from '../../src/practice/slack/people/people.ts';
import { type PracticeSlack, startPracticeSlack } from '../../src/practice/slack/server.ts';
import { tokensOf } from '../doors/slack/slack-team.ts';
import type { Seen } from '../journeys/team.ts';
import { type Tap, tapInto } from './tap.ts';

export const ADA = 'U0ADALIND1';
export const LAUNCH = 'C0LAUNCH01';
export const AGENTS: readonly string[] = ['Scribe', 'Scout', 'Pilot'];
export const API_KEY = 'sk-ant-chaos-0123456789abcdef';

export interface World {
  slack: PracticeSlack;
  model: StandInModel;
  slackTap: Tap;
  modelTap: Tap;
  /** The environment variables of a Skein in this world. `name`: its data directory. */
  env(name?: string): Record<string, string>;
  say(text: string, thread?: string): string;
  thread(ts: string): Seen[];
  /** The answers of agents in the conversation. */
  answers(ts: string): Seen[];
  ask(text: string): Promise<string>;
  stop(): Promise<void>;
}

/** `agents`: the handles of the agents that have Slack apps of their own. */
export async function aWorld(clock: () => number = Date.now, agents: readonly string[] = []): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-chaos-'));
  const slack = await startPracticeSlack({
    clock,
    agents: agents.map((handle) => ({ handle, name: handle.replace(/^./, (first) => first.toUpperCase()) })),
    timings: { ackTimeoutMs: 1000, retryDelaysMs: [0, 500, 1000] },
  });
  const model = await startStandInModel();
  const slackTap = await tapInto(slack.url);
  const modelTap = await tapInto(model.url);
  const { workspace } = slack.surfaces;
  const thread = (ts: string) => messagesSeen(workspace, LAUNCH, ts, undefined) as unknown as Seen[];
  return {
    slack,
    model,
    slackTap,
    modelTap,
    thread,
    env: (name = 'data') => ({
      PORT: '0',
      SKEIN_DATA_DIR: join(dir, name),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      ...tokensOf(slack),
      SLACK_API_URL: `${slackTap.url}/api/`,
      ANTHROPIC_API_KEY: API_KEY,
      ANTHROPIC_BASE_URL: modelTap.url,
    }),
    say: (text, under) => people.say(workspace, ADA, LAUNCH, text, under).ts,
    answers: (ts) => thread(ts).filter(({ username }) => AGENTS.includes(username)),
    ask: async (text) => (await command(slack.surfaces, { user: ADA, channel: LAUNCH, text })).text,
    async stop() {
      await Promise.all([slackTap.stop(), modelTap.stop()]);
      await Promise.all([slack.stop(), model.stop()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Waits until `holds`. `what` and `told()` are for the message of a timeout. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  told: () => string = () => '',
  waitMs = 60_000,
): Promise<void> {
  const began = Date.now();
  while (!(await holds())) {
    const waited = Date.now() - began;
    if (waited > waitMs) throw new Error(`not in ${waitMs} ms: ${what}\n${told()}`);
    // What takes longer is not asked for so often, since each question takes a processor's time.
    await delay(waited < 1_000 ? 10 : 100);
  }
}
