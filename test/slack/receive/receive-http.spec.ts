// HTTP mode with Bolt's own signature check, on a server of ours.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { InvalidInput } from '../../../src/errors.ts';
import { startHttpReceiver } from '../../../src/slack/receive/receive-http.ts';
import { aLog, botToken, type FakeSlack, fakeSlack } from '../fake-slack.ts';
import { payload } from '../payloads.ts';

const signingSecret = 'not a real secret';

describe('slack/receive-http', () => {
  let slack: FakeSlack;
  let server: Server;
  let url: string;
  let logger: ReturnType<typeof aLog>;
  let saved: unknown[];
  let save: (bodies: unknown[]) => Promise<void>;

  beforeEach(async () => {
    slack = await fakeSlack();
    logger = aLog();
    saved = [];
    save = async (bodies) => void saved.push(...bodies);
    const { requestListener } = await startHttpReceiver({
      botToken,
      signingSecret,
      apiUrl: slack.apiUrl,
      save: (bodies) => save(bodies),
      logger,
    });
    server = createServer(requestListener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await slack.stop();
  });

  async function send(
    body: string,
    { secret = signingSecret, at = Date.now(), type = 'application/json', to = url } = {},
  ) {
    const time = Math.floor(at / 1_000);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-request-timestamp': String(time), 'x-slack-signature': signature };
    const answer = await fetch(to, { method: 'POST', body, headers });
    return { status: answer.status, text: await answer.text() };
  }

  it('saves an event before its 200', async () => {
    const order: string[] = [];
    save = async (bodies) => {
      await new Promise((resolve) => setImmediate(resolve));
      saved.push(...bodies);
      order.push('saved');
    };
    expect(await send(JSON.stringify(payload('message-channel')))).to.deep.equal({ status: 200, text: '' });
    order.push('answered');
    expect(order).to.deep.equal(['saved', 'answered']);
    expect(saved).to.deep.equal([payload('message-channel')]);
  });

  it('reads commands and interactions out of their forms', async () => {
    const type = 'application/x-www-form-urlencoded';
    const command = payload('slash-command') as Record<string, string>;
    expect(await send(String(new URLSearchParams(command)), { type })).to.include({ status: 200, text: '' });
    const click = String(new URLSearchParams({ payload: JSON.stringify(payload('block-actions')) }));
    expect(await send(click, { type })).to.include({ status: 200 });
    expect(saved.map((body) => ({ ...(body as object) }))).to.deep.equal([command, payload('block-actions')]);
  });

  it('answers 500 when the save failed, so that Slack sends it again', async () => {
    save = async () => {
      throw new Error('disk full');
    };
    expect(await send(JSON.stringify(payload('message-channel')))).to.include({ status: 500 });
    expect(logger.lines).to.include('warn slack event not acknowledged');
  });

  it('refuses a wrong signature and an old one', async () => {
    const body = JSON.stringify(payload('message-channel'));
    expect(await send(body, { secret: 'wrong' })).to.include({ status: 401 });
    expect(await send(body, { at: Date.now() - 6 * 60_000 })).to.include({ status: 401 });
    expect((await fetch(url, { method: 'POST', body })).status).to.equal(401);
    expect(saved).to.deep.equal([]);
  });

  it('answers a signed body that is no object, says so once, and goes on', async () => {
    const form = 'application/x-www-form-urlencoded';
    const bodies: [string, string?][] = [
      ...['null', '5', '"text"', 'true', '[]', '[{"type":"event_callback"}]', '', '{', '\u0000'].map(
        (body): [string] => [body],
      ),
      ...['payload=null', 'payload=7', 'payload=%5B%5D', 'payload=%7B', 'payload='].map((b): [string, string] => [
        b,
        form,
      ]),
    ];
    for (const [body, type = 'application/json'] of bodies) {
      logger.lines.length = 0;
      expect(await send(body, { type }), body).to.include({ status: 400 });
      expect(logger.lines, body).to.deep.equal(['warn slack body not read']);
    }
    // Not logged: anybody can send a request without a valid signature.
    logger.lines.length = 0;
    expect(await send('null', { secret: 'wrong' })).to.include({ status: 401 });
    expect(logger.lines).to.deep.equal([]);
    expect(await send(JSON.stringify(payload('message-channel')))).to.include({ status: 200 });
    expect(saved).to.deep.equal([payload('message-channel')]);
  });

  it('takes a check of its certificate for nothing else', async () => {
    const type = 'application/x-www-form-urlencoded';
    expect(await send('ssl_check=1&payload=null', { type, secret: 'wrong' })).to.include({ status: 200 });
    expect(saved).to.deep.equal([]);
  });

  it('refuses a body that is longer than any of Slack', async () => {
    expect(await send(JSON.stringify({ type: 'x'.repeat(5 * 1024 * 1024) }))).to.include({ status: 413 });
  });

  it("answers Slack's question whether this is its server", async () => {
    const asked = JSON.stringify({ type: 'url_verification', challenge: 'c1' });
    expect(await send(asked)).to.deep.equal({ status: 200, text: '{"challenge":"c1"}' });
  });

  it('knows no other path', async () => {
    expect(await send('{}', { to: url.replace('events', 'other') })).to.include({ status: 404 });
    expect((await fetch(url)).status).to.equal(404);
  });

  it('refuses an empty signing secret and a wrong bot token', async () => {
    const wrong = { botToken: 'xoxb-wrong', signingSecret, apiUrl: slack.apiUrl, save, logger };
    for (const options of [wrong, { ...wrong, signingSecret: '' }]) {
      const error = await startHttpReceiver(options).catch((thrown: unknown) => thrown);
      expect(error)
        .to.be.instanceOf(InvalidInput)
        .and.to.have.property('message')
        .match(/^SLACK_(SIGNING_SECRET|BOT_TOKEN)/);
    }
  });
});
