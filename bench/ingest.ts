// Measures events that are stored and deduplicated before their ack, compared with a bare Bolt app that only acknowledges.
import { App, LogLevel } from '@slack/bolt';
import { saveSlack } from '../src/inbox/save-slack.ts';
import type { Item } from '../src/lanes/item.ts';
import { type Receiving, startReceiver } from '../src/slack/receive/receive.ts';
import { type Child, startChild } from './child.ts';
import { inTurns, ratios } from './measure.ts';
import { atLeast, line, title } from './print.ts';
import type { Burst, BurstDone } from './servers/slack.ts';
import { benchLog, openStage, type Stage } from './stage.ts';

const ROUNDS = 9;
const EVENTS = 5000;
const OUTSTANDING = 100;
const TOKENS = { botToken: 'xoxb-bench', appToken: 'xapp-1-A0BENCH-1-bench' };

export async function ingest(): Promise<void> {
  title(`2. Slack events over Socket Mode, ${OUTSTANDING} outstanding, every tenth a repetition; events per second`);
  const [forSkein, forBare] = await Promise.all([startChild('./servers/slack.ts'), startChild('./servers/slack.ts')]);
  const stage = await openStage();
  const receiving = await startSkein(stage, forSkein.url);
  const bare = await startBare(forBare.url);
  try {
    let bursts = 0;
    let expected = 0;
    const burst = async (child: Child): Promise<BurstDone> =>
      child.ask<BurstDone>({
        events: EVENTS,
        outstanding: OUTSTANDING,
        name: `${1_795_000_000 + ++bursts}`,
      } satisfies Burst);
    const saved = async () => {
      const { seconds, messages } = await burst(forSkein);
      expected += messages;
      return { rate: EVENTS / seconds };
    };
    const acked = async () => ({ rate: EVENTS / (await burst(forBare)).seconds });
    for (let warm = 0; warm < 2; warm++) for (const side of [saved, acked]) await side();
    const found = await inTurns(ROUNDS, { saved, acked });
    line('saved and deduplicated, then acknowledged', found('saved', 'rate'), '/s');
    line('bare Bolt app, acknowledged only', found('acked', 'rate'), '/s');
    line('saved / bare', ratios(found('saved', 'rate'), found('acked', 'rate')), '', atLeast(0.5));
    await checkSaved(stage, expected);
  } finally {
    await receiving.stop();
    await bare.stop();
    await stage.stop();
    await Promise.all([forSkein.stop(), forBare.stop()]);
  }
}

/** The receiver and the inbox, as in `npm start`. */
async function startSkein({ core }: Stage, apiUrl: string): Promise<Receiving> {
  const receiving: Receiving = await startReceiver({
    ...TOKENS,
    apiUrl,
    logger: benchLog,
    save: (bodies) => saveSlack(core.inbox, receiving.identity, bodies, benchLog),
  });
  return receiving;
}

async function startBare(apiUrl: string): Promise<App> {
  const app = new App({
    token: TOKENS.botToken,
    appToken: TOKENS.appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: LogLevel.ERROR,
  });
  app.event('message', async () => undefined);
  await app.start();
  return app;
}

/** Checks that the inbox has each message once. The alias of its `client_msg_id` is another item. */
async function checkSaved({ core }: Stage, expected: number): Promise<void> {
  const items = await core.inbox.items.find({ where: { state: 'waiting' } });
  const kept = items.filter((item: Item) => item.kind === 'slack').length;
  if (kept !== expected) throw new Error(`${expected} messages were sent, ${kept} are in the inbox.`);
}
