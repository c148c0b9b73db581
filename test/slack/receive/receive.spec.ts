// Socket Mode with the real Bolt against a small Slack of our own.
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { InvalidInput } from '../../../src/errors.ts';
import { keyOf, parse } from '../../../src/slack/parse/parse.ts';
import { type Receiving, startReceiver } from '../../../src/slack/receive/receive.ts';
import { aLog, appToken, botToken, envelope, type FakeSlack, fakeSlack } from '../fake-slack.ts';
import { eventNamed, payload, self } from '../payloads.ts';

describe('slack/receive', () => {
  let slack: FakeSlack;
  let receiving: Receiving | undefined;
  let logger: ReturnType<typeof aLog>;
  let saved: unknown[][];
  let save: (bodies: unknown[]) => Promise<void>;

  beforeEach(async () => {
    slack = await fakeSlack();
    logger = aLog();
    saved = [];
    save = async (bodies) => void saved.push(bodies);
    receiving = undefined;
  });

  afterEach(async () => {
    await receiving?.stop();
    await slack.stop();
  });

  const options = () => ({
    botToken,
    appToken,
    apiUrl: slack.apiUrl,
    save: (bodies: unknown[]) => save(bodies),
    logger,
  });
  const start = async () => {
    receiving = await startReceiver(options());
    return receiving;
  };
  const bodies = () => saved.flat();

  it('says who it is, and opens two sockets with the app token', async () => {
    const { identity } = await start();
    expect(identity).to.deep.equal({
      teamId: 'T0SKEIN01',
      teamName: 'Skein',
      teamUrl: 'https://skein.slack.com/',
      botUserId: 'U0SKEINBOT',
      botId: 'B0SKEIN01',
      appId: 'A0SKEIN01',
    });
    expect(slack.sockets).to.have.length(2);
    expect(slack.callsOf('auth.test')).to.have.length(1);
    const opened = slack.callsOf('apps.connections.open').map((call) => call.authorization);
    expect(opened).to.deep.equal([`Bearer ${appToken}`, `Bearer ${appToken}`]);
  });

  it('saves events, interactions and commands as they came, and then acknowledges them', async () => {
    await start();
    slack.send(envelope('e1', payload('message-channel')));
    slack.send(envelope('e2', payload('block-actions'), 'interactive'), 1);
    slack.send(envelope('e3', payload('slash-command'), 'slash_commands'));
    await slack.until(() => slack.acks.length === 3);
    expect(slack.acks.sort()).to.deep.equal(['e1', 'e2', 'e3']);
    expect(bodies()).to.have.deep.members(['message-channel', 'block-actions', 'slash-command'].map(payload));
  });

  it('does not acknowledge before the save is done, and saves together what came meanwhile', async () => {
    await start();
    let finish = () => {};
    const saving = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = () => {};
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    save = async (some) => {
      saved.push(some);
      begun();
      if (saved.length === 1) await saving;
    };
    slack.send(envelope('e1', eventNamed('message-channel', 'Ev1')));
    await first;
    for (const n of [2, 3, 4]) slack.send(envelope(`e${n}`, eventNamed('message-channel', `Ev${n}`)));
    // The pong arrives after everything that was sent before the ping was read.
    const [socket] = slack.sockets;
    await new Promise((resolve) => socket?.once('pong', resolve).ping());
    expect(slack.acks).to.deep.equal([]);
    finish();
    await slack.until(() => slack.acks.length === 4);
    expect(saved.map((some) => some.length)).to.deep.equal([1, 3]);
  });

  it('does not acknowledge what could not be saved, and takes it when it comes again', async () => {
    await start();
    save = async () => {
      throw new Error('disk full');
    };
    slack.send(envelope('e1', payload('message-channel')));
    await untilLogged('warn slack event not acknowledged');
    expect(slack.acks).to.deep.equal([]);
    save = async (some) => void saved.push(some);
    slack.send({ ...envelope('e2', payload('message-channel')), retry_attempt: 1, retry_reason: 'timeout' });
    await slack.until(() => slack.acks.length === 1);
    expect(slack.acks).to.deep.equal(['e2']);
    expect(bodies()).to.deep.equal([payload('message-channel')]);
  });

  it('hands on duplicates under one key', async () => {
    await start();
    slack.send(envelope('e1', payload('message-channel')));
    slack.send(envelope('e2', payload('app-mention')), 1);
    slack.send(envelope('e3', payload('message-channel')), 1);
    await slack.until(() => slack.acks.length === 3);
    expect(new Set(bodies().map((body) => keyOf(parse(body, self)))).size).to.equal(1);
  });

  it('loses nothing while a socket is renewed, and opens it again', async () => {
    await start();
    const [renewed] = slack.sockets;
    slack.send({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'applink' } });
    await slack.until(() => !slack.sockets.includes(renewed as never));
    slack.send(envelope('e1', payload('message-channel')));
    await slack.until(() => slack.acks.includes('e1'));
    await slack.until(() => slack.sockets.length === 2);
    slack.send(envelope('e2', payload('slash-command'), 'slash_commands'), 1);
    await slack.until(() => slack.acks.includes('e2'));
    expect(bodies()).to.have.length(2);
  });

  it('opens a socket again whose connection broke', async () => {
    await start();
    slack.sockets[0]?.terminate();
    await slack.until(() => slack.callsOf('apps.connections.open').length === 3 && slack.sockets.length === 2);
  });

  it('goes on when Slack refuses the app token later, and says so once', async () => {
    await start();
    slack.answer('apps.connections.open', () => ({ ok: false, error: 'invalid_auth' }));
    slack.sockets[0]?.terminate();
    await untilLogged('warn slack not reached, trying again');
    slack.send(envelope('e1', payload('message-channel')));
    await slack.until(() => slack.acks.includes('e1'));
    expect(logger.lines.filter((line) => line === 'warn slack not reached, trying again')).to.have.length(1);
    expect(JSON.stringify(logger.details)).to.not.include(appToken).and.to.not.include(botToken);
  });

  it('survives frames that it cannot read', async () => {
    await start();
    slack.send({ envelope_id: 'bad', type: 'events_api', payload: { type: 'app_rate_limited' } });
    await untilLogged('warn slack frame not read');
    slack.sockets[0]?.send('not json');
    slack.send({ envelope_id: 'empty', type: 'interactive' });
    await untilLogged('warn slack event not acknowledged');
    slack.send(envelope('e1', payload('message-channel')));
    await slack.until(() => slack.acks.includes('e1'));
    expect(slack.acks).to.deep.equal(['e1']);
  });

  it('goes on after frames of any form, and says of each once that it was not read', async () => {
    await start();
    const types = ['events_api', 'interactive', 'slash_commands', 'of_tomorrow'];
    const payloads = [null, 5, 'text', [], undefined];
    const frames: unknown[] = types.flatMap((type, t) =>
      payloads.map((payload, p) => ({ envelope_id: `${t}-${p}`, type, payload })),
    );
    frames.push(null, 5, 'text', [], {}, { envelope_id: 'e', type: 'events_api', payload: { event: null } });
    for (const frame of frames) {
      logger.lines.length = 0;
      slack.sockets[0]?.send(JSON.stringify(frame));
      while (!logger.lines.length) await new Promise((resolve) => setImmediate(resolve));
      expect(logger.lines, JSON.stringify(frame)).to.have.length(1);
      expect(logger.lines[0], JSON.stringify(frame)).to.match(/^warn slack (frame not read|event not acknowledged)$/);
    }
    slack.sockets[0]?.send(Buffer.from([0, 255, 1]), { binary: true });
    slack.send(envelope('good', payload('message-channel')));
    await slack.until(() => slack.acks.includes('good'));
    expect(slack.acks).to.deep.equal(['good']);
    expect(bodies()).to.deep.equal([payload('message-channel')]);
  });

  const refused: [string, object, RegExp][] = [
    ['a wrong bot token', { botToken: 'xoxb-wrong' }, /^SLACK_BOT_TOKEN does not work: .*OAuth & Permissions/],
    [
      'a wrong app token',
      { appToken: 'xapp-1-A1-wrong' },
      /^Slack refuses SLACK_APP_TOKEN \(invalid_auth\).*connections:write/,
    ],
    ['the app token for the bot token', { botToken: 'xapp-1-A1-1' }, /^SLACK_BOT_TOKEN holds an app-level token/],
    ['the bot token for the app token', { appToken: 'xoxb-1' }, /^SLACK_APP_TOKEN holds a bot or user token/],
  ];
  for (const [what, change, sentence] of refused) {
    it(`refuses ${what} with a sentence that does not show it`, async () => {
      const error = await startReceiver({ ...options(), ...change }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(InvalidInput);
      expect((error as Error).message)
        .to.match(sentence)
        .and.to.not.match(/wrong|xapp-1|xoxb-1/);
      expect(slack.sockets).to.deep.equal([]);
    });
  }

  it('refuses an app token without its scope at once', async () => {
    slack.answer('apps.connections.open', () => ({ ok: false, error: 'missing_scope', needed: 'connections:write' }));
    const error = await startReceiver(options()).catch((thrown: unknown) => thrown);
    expect(error)
      .to.be.instanceOf(InvalidInput)
      .and.to.have.property('message')
      .match(/SLACK_APP_TOKEN \(missing_scope\)/);
  });

  it('waits for a Slack that is down, and says so once', async () => {
    const { apiUrl } = slack;
    await slack.stop();
    const starting = start();
    await untilLogged('warn slack not reached, trying again');
    slack = await fakeSlack(Number(new URL(apiUrl).port));
    await starting;
    expect(logger.lines.filter((line) => line.startsWith('warn'))).to.have.length(1);
    expect(logger.lines).to.include('info slack reached again');
    expect(slack.sockets).to.have.length(2);
  });

  it('stops waiting when told to', async () => {
    slack.answer('auth.test', () => ({ status: 503, body: {} }));
    const stopping = new AbortController();
    const starting = startReceiver({ ...options(), signal: stopping.signal });
    await untilLogged('warn slack not reached, trying again');
    stopping.abort();
    expect(await starting.catch((thrown: Error) => thrown.name)).to.equal('AbortError');
  });

  it('stops within seconds when the other side answers no closing', async () => {
    await start();
    for (const socket of slack.sockets) (socket as unknown as { _socket: Socket })._socket.pause();
    const began = performance.now();
    await receiving?.stop();
    receiving = undefined;
    // The WebSocket itself would wait for 30 seconds.
    expect(performance.now() - began).to.be.below(15_000);
  });

  it('closes its sockets when it stops, and finishes what it is saving', async () => {
    const { stop } = await start();
    let finish = () => {};
    const saving = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = () => {};
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    save = async (some) => {
      begun();
      await saving;
      saved.push(some);
    };
    slack.send(envelope('e1', payload('message-channel')));
    await first;
    receiving = undefined;
    const stopped = stop();
    setImmediate(finish);
    await stopped;
    expect(bodies()).to.deep.equal([payload('message-channel')]);
    await slack.until(() => slack.sockets.length === 0);
    expect(slack.callsOf('apps.connections.open')).to.have.length(2);
    expect(logger.lines.filter((line) => line.startsWith('error'))).to.deep.equal([]);
  });

  async function untilLogged(line: string): Promise<void> {
    while (!logger.lines.includes(line)) await new Promise((resolve) => setImmediate(resolve));
  }
});
