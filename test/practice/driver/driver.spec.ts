import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { practiceDriver } from '../../../src/practice/driver/driver.ts';
import { ADA, collector, LAUNCH, type Practice, practice, SKEIN, SUPPORT, until } from '../slack/practice.ts';

type Shown = Record<string, unknown> & { ts: string; text: string };

describe('the practice driver', () => {
  let p: Practice;
  let server: Server;
  let url: string;
  let advanced: number;

  beforeEach(async () => {
    p = await practice({ timings: { ackTimeoutMs: 500 } });
    advanced = 0;
    const driver = practiceDriver({
      slack: p.slack,
      agents: async () => [{ handle: 'scribe', name: 'Scribe', mail: 'launch+scribe@pods.example' }],
      podMail: async (channel) => (channel === LAUNCH ? 'launch@pods.example' : undefined),
      newcomer: 'chiara',
      advanceClock: (seconds) => {
        advanced += seconds;
      },
    });
    server = createServer(express().use('/practice', driver)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/practice`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await p.stop();
  });

  // biome-ignore lint/suspicious/noExplicitAny: each endpoint answers something else
  type Answer = { status: number; body: any };
  const send = async (path: string, body?: unknown): Promise<Answer> => {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${url}/${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  const say = async (as: string, channel: string, text: string, thread?: string) =>
    (await send('say', { as, channel, text, thread })).body;
  const messages = async (query: string): Promise<Shown[]> => (await send(`messages?${query}`)).body;

  it('tells the state: people, channels with their mail, agents', async () => {
    const { body } = await send('state');
    expect(body.team.name).to.equal('Wild Goose Bakery');
    expect(body.users.map((user: { name: string }) => user.name)).to.deep.equal([
      'Ada Lindqvist',
      'Ben Okafor',
      'Chiara Rossi',
      'Dev Patel',
    ]);
    expect(body.newcomer).to.equal(body.users[2].id);
    expect(body.channels[1]).to.deep.include({ id: LAUNCH, name: 'launch', mail: 'launch@pods.example' });
    expect(body.agents[0].handle).to.equal('scribe');
  });

  it('takes people by id, name, handle or address, and channels by id or name', async () => {
    for (const as of [ADA, 'Ada Lindqvist', '@ada', 'ada', 'ADA@wildgoose.example']) {
      for (const channel of [LAUNCH, 'launch', '#launch']) await say(as, channel, `${as} ${channel}`);
    }
    const seen = (await messages('channel=launch')).slice(-15);
    expect(new Set(seen.map((one) => one.user))).to.deep.equal(new Set([ADA]));
    expect(seen[0]).to.include({ username: 'Ada Lindqvist', text: `${ADA} ${LAUNCH}` });
  });

  it('shows one thread alone', async () => {
    const { ts } = await say('ada', 'launch', 'root');
    await say('ben', 'launch', 'reply', ts);
    await say('ben', 'launch', 'elsewhere');
    expect((await messages(`channel=launch&thread=${ts}&as=ada`)).map((one) => one.text)).to.deep.equal([
      'root',
      'reply',
    ]);
  });

  it('speaks to the app, and to an agent through it, in the DM', async () => {
    const direct = await say('ada', 'app', 'hello');
    expect((await say('ada', SKEIN, 'hello')).channel).to.equal(direct.channel);
    const first = await say('ada', 'dm:scribe', 'draft it');
    expect(first.channel).to.equal(direct.channel);
    await say('ada', 'dm:scribe', 'go on', first.ts);
    await say('ada', 'dm:scribe', 'thanks @scribe');
    const texts = (await messages('channel=dm:scribe&as=ada')).map((one) => one.text);
    expect(texts).to.deep.equal(['hello', 'hello', '@scribe draft it', 'go on', 'thanks @scribe']);
    expect((await send('say', { as: 'ada', channel: 'dm:nobody', text: 'x' })).body.error).to.include('scribe');
  });

  it('shows whispers only to whom they are for, and hides what a person may not see', async () => {
    await p.web.chat.postEphemeral({ channel: LAUNCH, user: ADA, text: 'psst' });
    const last = async (query: string) => (await messages(query)).at(-1)?.text;
    expect(await last('channel=launch&as=ada')).to.equal('psst');
    expect(await last('channel=launch&as=ben')).to.not.equal('psst');
    expect(await last('channel=launch')).to.not.equal('psst');
    await send('channel', { as: 'ada', name: 'secret', private: true, members: ['ben'] });
    expect(await last('channel=secret&as=ben')).to.match(/has joined/);
    expect((await send('messages?channel=secret&as=chiara')).status).to.equal(400);
  });

  it('gives a command and brings back what comes', async () => {
    await p.connect((app) => app.command('/skein', async ({ ack, command }) => ack(`you said ${command.text}`)));
    const { body } = await send('command', { as: 'ada', channel: 'launch', text: '/skein tasks' });
    expect(body).to.include({ text: 'you said tasks' });
    expect(body.messages[0]).to.include({ text: 'you said tasks', ephemeral: true });
  });

  it('clicks a button and submits the modal that it opens', async () => {
    const got = collector<unknown>();
    const plain = (text: string) => ({ type: 'plain_text' as const, text });
    await p.connect((app) => {
      app.action('new', async ({ ack, body, client }) => {
        await ack();
        const input = {
          type: 'input' as const,
          block_id: 'name',
          label: plain('Name'),
          element: { type: 'plain_text_input' as const },
        };
        const view = {
          type: 'modal' as const,
          callback_id: 'new',
          title: plain('New'),
          submit: plain('Go'),
          blocks: [input],
        };
        await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view });
      });
      app.view('new', async ({ ack, view }) => {
        await ack();
        got.push(Object.values(view.state.values.name ?? {})[0]?.value);
      });
    });
    const blocks = [
      { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'new', text: plain('New') }] },
    ];
    const { ts } = await p.web.chat.postMessage({ channel: LAUNCH, text: 'x', blocks });
    expect((await send('click', { as: 'ada', channel: 'launch', ts, actionId: 'new' })).status).to.equal(200);
    await until(() => p.slack.workspace.state.views.size === 1);
    const [view] = (await send('views?as=ada')).body;
    expect((await send('views?as=ben')).body).to.deep.equal([]);
    expect((await send('submit', { as: 'ada', viewId: view.id, values: { name: 'Rye' } })).body).to.deep.equal({
      kind: 'closed',
    });
    expect(await got.reaches(1)).to.deep.equal(['Rye']);
  });

  it('says 504 when the app does not answer', async () => {
    const { status, body } = await send('command', { as: 'ada', channel: 'launch', text: 'x' });
    expect(status).to.equal(504);
    expect(body.error).to.match(/not connected/);
  });

  it('uploads a file and gives it back to who may see it', async () => {
    const content = Buffer.from('rye').toString('base64');
    const { body } = await send('upload', { as: 'ada', channel: 'launch', name: 'a.txt', content });
    const last = (await messages('channel=launch')).at(-1);
    expect(last).to.have.nested.property('files[0].id', body.file);
    expect(last).to.have.nested.property('files[0].name', 'a.txt');
    expect(await (await fetch(`${url}/files/${body.file}?as=ben`)).text()).to.equal('rye');
    expect((await fetch(`${url}/files/F0?as=ben`)).status).to.equal(400);
  });

  it('edits, deletes, reacts', async () => {
    const { ts } = await say('ada', 'launch', 'before');
    await send('edit', { as: 'ada', channel: 'launch', ts, text: 'after' });
    await send('react', { as: 'ben', channel: 'launch', ts, name: 'eyes' });
    const last = (await messages('channel=launch')).at(-1);
    expect(last).to.include({ ts, text: 'after' });
    expect(last?.reactions).to.deep.equal([{ name: 'eyes', users: ['U0BENOKAF1'], count: 1 }]);
    expect((await send('delete', { as: 'ben', channel: 'launch', ts })).body.error).to.match(/Only who wrote/);
    await send('delete', { as: 'ada', channel: 'launch', ts });
    expect((await messages('channel=launch')).some((one) => one.ts === ts)).to.equal(false);
  });

  it('moves people and the app in and out of channels', async () => {
    await send('channel', { as: 'ada', name: 'winter' });
    await send('invite', { as: 'ada', channel: 'winter', who: 'Skein' });
    await send('invite', { as: 'ben', channel: 'winter', who: 'ben' });
    const members = () => [...p.slack.workspace.state.channels.values()].find((one) => one.name === 'winter')?.members;
    expect(members()).to.deep.equal([ADA, SKEIN, 'U0BENOKAF1']);
    await send('kick', { as: 'ada', channel: 'winter', who: 'Skein' });
    await send('leave', { as: 'ben', channel: 'winter' });
    expect(members()).to.deep.equal([ADA]);
    expect((await send('say', { as: 'ben', channel: 'winter', text: 'x' })).body.error).to.match(/Join first/);
  });

  it('delivers the event of a message again', async () => {
    const ids = collector<string>();
    await p.connect((app) => app.message(async ({ body }) => ids.push(body.event_id)));
    const { ts } = await say('ada', 'launch', 'again');
    expect((await send('redeliver', { channel: 'launch', ts, times: 2 })).body).to.deep.equal({ events: 1 });
    expect(new Set(await ids.reaches(3)).size).to.equal(1);
    expect((await send('redeliver', { channel: 'launch', ts: '1.000000' })).status).to.equal(400);
  });

  it('shows the status line, until its two minutes are over', async () => {
    const { ts } = await say('ada', 'launch', 'root');
    await p.web.assistant.threads.setStatus({
      channel_id: LAUNCH,
      thread_ts: ts,
      status: 'is reading',
      username: 'Scribe',
    });
    const status = async () => (await send(`status?channel=launch&thread=${ts}`)).body;
    expect(await status()).to.include({ status: 'is reading', username: 'Scribe' });
    p.clock.now += 120_001;
    expect(await status()).to.include({ status: '' });
  });

  it('opens App Home, moves the clock', async () => {
    await send('home', { as: 'ada' });
    expect(p.slack.workspace.state.recent.at(-1)?.payload.event).to.include({ type: 'app_home_opened', tab: 'home' });
    await send('clock', { advance: 90 });
    expect(advanced).to.equal(90);
  });

  it('tells a page what Skein’s clock says, and when it was moved', async () => {
    p.clock.now = Date.UTC(2026, 11, 7, 9);
    expect((await send('state')).body.now).to.equal(Date.UTC(2026, 11, 7, 9));
    const response = await fetch(`${url}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await send('clock', { advance: 90 });
    const { value = '' } = (await reader?.read()) ?? {};
    expect(JSON.parse(value.replace('data: ', ''))).to.deep.equal({ kind: 'clock-moved' });
    await reader?.cancel();
  });

  it('streams one line per change', async () => {
    const response = await fetch(`${url}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const { ts } = await say('ada', 'launch', 'hello');
    const { value = '' } = (await reader?.read()) ?? {};
    expect(JSON.parse(value.replace('data: ', ''))).to.deep.equal({ kind: 'posted', channel: LAUNCH, ts });
    await reader?.cancel();
  });

  const bad: [path: string, body: unknown, says: RegExp][] = [
    ['say', {}, /as: .*channel: .*text: /],
    ['say', { as: 'eve', channel: 'launch', text: 'x' }, /no person "eve"; there are: ada/],
    ['say', { as: 'ada', channel: 'nowhere', text: 'x' }, /no channel "nowhere"; there are: #general/],
    ['say', { as: 'ada', channel: SUPPORT, text: 'x' }, /not in #support/],
    ['say', { as: 'ada', channel: 'launch', text: 'x', thread: '1.000000' }, /no message 1\.000000/],
    ['click', { as: 'ada', actionId: 'x' }, /"viewId" of a view/],
    ['upload', { as: 'ada', channel: 'launch', name: 'a', content: '***' }, /content: /],
    ['channel', { as: 'ada', name: 'launch' }, /already/],
    ['clock', { advance: -1 }, /advance: a whole number of seconds from 1 to 34560000 \(400 days\)/],
    ['clock', { advance: 1e300 }, /advance: a whole number of seconds/],
    ['clock', { advance: 0.5 }, /advance: a whole number of seconds/],
    ['clock', { advance: 34_560_001 }, /advance: a whole number of seconds/],
  ];
  for (const [path, body, says] of bad) {
    it(`refuses ${path} ${JSON.stringify(body)} with a sentence`, async () => {
      const answer = await send(path, body);
      expect(answer.status).to.equal(400);
      expect(answer.body.error).to.match(says);
    });
  }

  it('refuses what is not JSON with a sentence', async () => {
    const response = await fetch(`${url}/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).to.equal(400);
  });
});
