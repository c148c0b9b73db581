// Slack's events over HTTP, for the main app and for an agent's own: what both carry is heard once, and a body that is signed
// with another app's secret is refused.
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { type Running, start } from '../../src/main.ts';
import * as people from '../../src/practice/slack/people/people.ts';
import { type PracticeSlack, startPracticeSlack } from '../../src/practice/slack/server.ts';
import { briskLimiter } from '../brisk-slack.ts';
import { silent } from '../logs.ts';

const HOME = resolve(import.meta.dirname, '../..');
const MAIN = 'a'.repeat(32);
const SCRIBE = 'b'.repeat(32);

describe('Slack over HTTP with an agent’s own app', function () {
  this.timeout(60_000);
  let dir: string;
  let slack: PracticeSlack;
  let running: Running;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-http-'));
    slack = await startPracticeSlack({ clock: Date.now, agents: [{ handle: 'scribe', name: 'Scribe' }] });
    const env = {
      ...{ PORT: '0', SKEIN_DATA_DIR: dir, SLACK_API_URL: slack.apiUrl },
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: MAIN },
      ...{ SLACK_SCRIBE_BOT_TOKEN: slack.agents.get('scribe')?.botToken ?? '', SLACK_SCRIBE_SIGNING_SECRET: SCRIBE },
    };
    running = await start(readConfig(env, HOME), { logger: silent, limiter: briskLimiter() });
  });
  after(async () => {
    await running.stop();
    await slack.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function send(path: string, secret: string, payload: object): Promise<number> {
    const body = JSON.stringify(payload);
    const time = Math.floor(Date.now() / 1000);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/json',
      ...{ 'x-slack-request-timestamp': String(time), 'x-slack-signature': signature },
    };
    return (await fetch(running.url + path, { method: 'POST', body, headers })).status;
  }

  it('answers a direct message that comes to /slack/events/<handle> as the agent, and refuses what others signed', async () => {
    const { state } = slack.workspace;
    const app = [...state.apps.values()].find(({ agent }) => agent === 'scribe');
    const [ben] = [...state.users.values()].filter(({ handle }) => handle === 'ben');
    if (!app || !ben) throw new Error('no Scribe, or no Ben');
    const { channel, ts } = sayTo(slack, ben.id, app.botUserId, 'What is open for me?');
    const events = [...state.pending.values()].filter((event) => event.ts === ts);
    expect(events.map(({ app: of }) => of)).to.deep.equal([app.id]);
    const [event] = events;
    const payload = event?.payload as object;
    expect(await send('/slack/events/scribe', MAIN, payload)).to.equal(401);
    expect(await send('/slack/events/nobody', SCRIBE, payload)).to.be.greaterThan(399);
    expect(await send('/slack/events/scribe', SCRIBE, payload)).to.equal(200);
    expect(await send('/slack/events/scribe', SCRIBE, payload)).to.equal(200);
    const said = () =>
      [...(state.messages.get(channel)?.values() ?? [])].filter((one) => one.thread_ts === ts && one.ts !== ts);
    for (const end = Date.now() + 30_000; !said().length && Date.now() < end; )
      await new Promise((done) => setTimeout(done, 50));
    await running.quiet();
    expect(said().map(({ user, bot_id }) => user ?? bot_id)).to.deep.equal([app.botUserId]);
  });
});

function sayTo(slack: PracticeSlack, user: string, bot: string, text: string): { channel: string; ts: string } {
  const { workspace } = slack.surfaces;
  const { id: channel } = people.directBetween(workspace, user, bot);
  return { channel, ts: people.say(workspace, user, channel, text).ts };
}
