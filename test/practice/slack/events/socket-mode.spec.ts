import { expect } from 'chai';
import type { Message } from '../../../../src/practice/slack/state/state.ts';
import { ADA, collector, LAUNCH, type Practice, practice, refusal, SUPPORT, until, webClient } from '../practice.ts';

interface Frame {
  type: string;
  envelope_id?: string;
  retry_attempt?: number;
  retry_reason?: string;
  reason?: string;
  payload?: { event_id: string; event: { type: string; text?: string } };
}

describe('practice Slack: Socket Mode', () => {
  let p: Practice;
  const sockets: WebSocketLike[] = [];
  beforeEach(async () => {
    p = await practice();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.close();
    await p.stop();
  });

  type WebSocketLike = { close(): void };

  /** A socket by hand, to see the frames and choose when to acknowledge. */
  async function rawSocket(answer: (frame: Frame) => boolean) {
    const { WebSocket } = await import('undici');
    const { url = '' } = await webClient(p.slack, p.slack.appToken).apps.connections.open({});
    const frames = collector<Frame>();
    const socket = new WebSocket(url);
    sockets.push(socket);
    socket.addEventListener('message', (message) => {
      const frame = JSON.parse(String(message.data)) as Frame;
      frames.push(frame);
      if (frame.envelope_id !== undefined && answer(frame))
        socket.send(JSON.stringify({ envelope_id: frame.envelope_id, payload: {} }));
    });
    await frames.reaches(1);
    return { frames, socket, url };
  }

  const events = (frames: Frame[]) => frames.filter((frame) => frame.type === 'events_api');

  it('says hello and takes a ticket only once', async () => {
    const { frames, url } = await rawSocket(() => true);
    expect(frames.items[0]).to.deep.include({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0SKEINAPP' },
    });
    const { WebSocket } = await import('undici');
    const again = new WebSocket(url);
    await new Promise((resolve) => again.addEventListener('error', resolve));
    expect(again.readyState).to.equal(WebSocket.CLOSED);
  });

  it('tells a real Bolt app of a mention twice, under two event ids', async () => {
    const got = collector<{ type: string; id: string }>();
    await p.connect((app) => {
      app.event('app_mention', async ({ body }) => got.push({ type: 'app_mention', id: body.event_id }));
      app.event('message', async ({ body }) => got.push({ type: 'message', id: body.event_id }));
    });
    p.say(ADA, LAUNCH, '@Skein hello');
    const both = await got.reaches(2);
    expect(both.map((one) => one.type)).to.have.members(['app_mention', 'message']);
    expect(new Set(both.map((one) => one.id)).size).to.equal(2);
    await p.slack.workspace.settled();
  });

  it('hands each envelope to exactly one of several sockets', async () => {
    const one = await rawSocket(() => true);
    const two = await rawSocket(() => true);
    for (let n = 0; n < 6; n += 1) p.say(ADA, LAUNCH, `message ${n}`);
    await p.slack.workspace.settled();
    const ids = [...events(one.frames.items), ...events(two.frames.items)].map((frame) => frame.payload?.event_id);
    expect(ids).to.have.length(6);
    expect(new Set(ids).size).to.equal(6);
    expect(events(one.frames.items)).to.have.length(3);
  });

  it('keeps events while nobody is connected', async () => {
    p.say(ADA, LAUNCH, 'early');
    const { frames } = await rawSocket(() => true);
    await frames.reaches(2);
    expect(frames.items[1]?.payload?.event.text).to.equal('early');
  });

  it('delivers again what is not acknowledged, counting, and gives up in the end', async () => {
    await p.stop();
    p = await practice({ timings: { ackTimeoutMs: 60, retryDelaysMs: [0, 10, 10] } });
    const { frames } = await rawSocket(() => false);
    p.say(ADA, LAUNCH, 'hello');
    await frames.reaches(5);
    await p.slack.workspace.settled();
    const tries = events(frames.items);
    expect(tries.map((frame) => frame.retry_attempt)).to.deep.equal([0, 1, 2, 3]);
    expect(tries.map((frame) => frame.retry_reason)).to.deep.equal(['', 'timeout', 'timeout', 'timeout']);
    expect(new Set(tries.map((frame) => frame.payload?.event_id)).size).to.equal(1);
    expect(new Set(tries.map((frame) => frame.envelope_id)).size).to.equal(4);
  });

  it('delivers again when the socket closes before the ack', async () => {
    const first = await rawSocket(() => false);
    p.say(ADA, LAUNCH, 'hello');
    await first.frames.reaches(2);
    first.socket.close();
    await until(() => p.slack.workspace.sockets() === 0);
    const second = await rawSocket(() => true);
    await second.frames.reaches(2);
    expect(second.frames.items[1]).to.include({ retry_attempt: 1, retry_reason: 'connection_failed' });
  });

  it('sends a real Bolt app away and has it back, losing nothing', async () => {
    const got = collector<string>();
    await p.connect((app) => app.message(async ({ message }) => got.push((message as Message).text)));
    p.slack.workspace.disconnectSockets('refresh_requested');
    p.say(ADA, LAUNCH, 'in the gap');
    await got.reaches(1);
    expect(got.items).to.deep.equal(['in the gap']);
  });

  it('refuses an eleventh socket', async () => {
    for (let n = 0; n < 10; n += 1) await rawSocket(() => true);
    const { frames } = await rawSocket(() => true);
    expect(frames.items[0]).to.include({ type: 'disconnect', reason: 'too_many_websockets' });
  });

  it('duplicates, delays and reorders when a test says so', async () => {
    const { frames } = await rawSocket(() => true);
    const { tamper } = p.slack.workspace;
    tamper.duplicates = 1;
    p.say(ADA, LAUNCH, 'twice');
    await frames.reaches(3);
    expect(frames.items[1]?.payload?.event_id).to.equal(frames.items[2]?.payload?.event_id);
    tamper.duplicates = 0;
    tamper.reorder = 2;
    p.say(ADA, LAUNCH, 'one');
    p.say(ADA, LAUNCH, 'two');
    await frames.reaches(5);
    expect(frames.items.slice(3).map((frame) => frame.payload?.event.text)).to.deep.equal(['two', 'one']);
    tamper.reorder = 0;
    tamper.delayMs = 20;
    p.say(ADA, LAUNCH, 'late');
    expect(frames.items).to.have.length(5);
    await frames.reaches(6);
  });

  it('delivers an acknowledged event again on request', async () => {
    const { frames } = await rawSocket(() => true);
    const ts = p.say(ADA, LAUNCH, 'again');
    await frames.reaches(2);
    expect(p.slack.workspace.redeliver(LAUNCH, ts, 2)).to.equal(1);
    await frames.reaches(4);
    expect(frames.items.slice(1).map((frame) => frame.retry_attempt)).to.deep.equal([0, 1, 2]);
    expect(new Set(frames.items.slice(1).map((frame) => frame.payload?.event_id)).size).to.equal(1);
  });

  it('says nothing of channels that the app is not in', async () => {
    const { frames } = await rawSocket(() => true);
    p.say(ADA, LAUNCH, 'here');
    await frames.reaches(2);
    expect(await refusal(p.web.chat.postMessage({ channel: SUPPORT, text: 'x' }))).to.equal('not_in_channel');
    p.say('U0BENOKAF1', SUPPORT, 'there');
    expect(p.slack.workspace.state.recent.filter((event) => event.channel === SUPPORT)).to.deep.equal([]);
  });
});
