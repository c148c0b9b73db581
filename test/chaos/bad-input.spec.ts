// Invalid input over Slack's socket and the command line's door: each ends in a sentence, none in a crash or a loop.
import { resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { readRunning } from '../../src/doors/cli/running.ts';
import { makeLogger } from '../../src/logger.ts';
import { type Running, start } from '../../src/main.ts';
import { briskLimiter } from '../brisk-slack.ts';
import { expectNoSecret, laidAside, queuesEmpty } from './fleet.ts';
import { ADA, aWorld, LAUNCH, until, type World } from './world.ts';

const HOME = resolve(import.meta.dirname, '../..');

describe('bad input', () => {
  let world: World;
  let env: Record<string, string>;
  let running: Running;
  const lines: string[] = [];
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);

  before(async () => {
    world = await aWorld();
    env = world.env();
    running = await start(readConfig(env, HOME), {
      ...{ logger: makeLogger((line) => lines.push(line), Date.now), limiter: briskLimiter() },
    });
    await world.ask('/skein pod new');
    process.on('unhandledRejection', onUnhandled);
  });
  after(async () => {
    process.off('unhandledRejection', onUnhandled);
    await running.stop();
    await world.stop();
  });

  async function stillAnswers(): Promise<void> {
    const ts = world.say('@scribe what is open here?');
    await until(
      () => world.answers(ts).length > 0,
      'an answer',
      () => lines.slice(-15).join('\n'),
    );
    await until(() => queuesEmpty(env), 'empty queues');
    expect(world.answers(ts)).to.have.length(1);
    expect(unhandled).to.deep.equal([]);
    expect(lines.filter((line) => / error |lane failed|^\s+at /.test(line))).to.deep.equal([]);
  }

  let count = 0;
  /** As an events_api envelope over the real socket. */
  function deliver(payload: unknown): void {
    const id = `EvBAD${++count}`;
    const event = { id, channel: LAUNCH, ts: '1', payload: payload as Record<string, unknown> };
    world.slack.surfaces.sockets.redeliver(event as never, 1);
  }

  const message = { type: 'message', channel: LAUNCH, channel_type: 'channel', user: ADA, ts: '1795000000.000100' };
  const wrapped = (event: unknown) => ({
    type: 'event_callback',
    event_id: `EvBAD${count}`,
    team_id: world.slack.team.id,
    event,
  });
  const events: [name: string, payload: () => unknown][] = [
    ['nothing at all', () => undefined],
    ['null', () => null],
    ['a text', () => 'hello'],
    ['a list', () => [1, 2, 3]],
    ['an empty object', () => ({})],
    ['a type that is no text', () => ({ type: { type: 'event_callback' } })],
    ['a type nobody knows', () => ({ type: 'event_from_2040' })],
    ['an event that is missing', () => ({ type: 'event_callback', event_id: 'EvX' })],
    ['an event that is null', () => wrapped(null)],
    ['an event type nobody knows', () => wrapped({ type: 'pigeon_landed', pigeon: 1 })],
    ['a message without a channel', () => wrapped({ ...message, channel: undefined })],
    ['a message whose channel is a number', () => wrapped({ ...message, channel: 7 })],
    ['a message without a time', () => wrapped({ ...message, ts: '' })],
    ['a message whose time is no time', () => wrapped({ ...message, ts: 'yesterday', text: '@scribe hi' })],
    ['a message whose text is an object', () => wrapped({ ...message, text: { deep: true } })],
    ['a message of nobody', () => wrapped({ ...message, user: 'U0NOBODY99', ts: '1795000000.000200', text: 'hi' })],
    [
      'a file without a name',
      () => wrapped({ ...message, ts: '1795000000.000300', subtype: 'file_share', files: [{}] }),
    ],
    ['a subtype nobody knows', () => wrapped({ ...message, ts: '1795000000.000400', subtype: 'sung', text: 'la' })],
    ['an edit of nothing', () => wrapped({ ...message, subtype: 'message_changed', event_ts: '1.1' })],
    ['a member of no channel', () => wrapped({ type: 'member_joined_channel', user: ADA, event_ts: '1.2' })],
    ['names of objects', () => wrapped({ ...message, ts: '1795000000.000500', text: '__proto__ @constructor' })],
    ['a text of half a megabyte', () => wrapped({ ...message, ts: '1795000000.000600', text: 'x'.repeat(500_000) })],
  ];
  for (const [name, payload] of events)
    it(`over the socket (${name}) is taken or set aside, and the next mention is answered`, async () => {
      deliver(payload());
      await turn();
      await stillAnswers();
    });

  it('as interactions and commands is taken or set aside, and the next mention is answered', async () => {
    const { sockets } = world.slack.surfaces;
    const bad: ['interactive' | 'slash_commands', Record<string, unknown>][] = [
      ['interactive', {}],
      ['interactive', { type: 'block_actions' }],
      ['interactive', { type: 'block_actions', user: { id: ADA }, trigger_id: 't1', actions: [] }],
      ['interactive', { type: 'block_actions', user: { id: ADA }, trigger_id: 't2', actions: [{ action_id: 'no' }] }],
      ['interactive', { type: 'view_submission', user: ADA }],
      ['slash_commands', {}],
      ['slash_commands', { command: '/skein', text: 'tasks' }],
      ['slash_commands', { command: 7 }],
    ];
    await Promise.all(bad.map(([type, payload]) => sockets.ask(type, payload)));
    await stillAnswers();
  });

  it('lies aside with a sentence that says what was wrong, tried at most three times', async () => {
    const aside = await laidAside(env);
    expect(aside).not.to.deep.equal([]);
    for (const { reason = '', attempts } of aside) {
      expect(reason)
        .to.match(/^[A-Z][a-z]+ .*[.)]$|^\w+: .*Mend the input and try again\.$/s)
        .and.not.match(/\[object|TypeError|Cannot read|is not a function/);
      expect(attempts).to.be.at.most(3);
    }
  });

  const ask = { as: 'ada', pod: 'launch', action: 'list_tasks', input: {} };
  const asked: [name: string, body: unknown, says: RegExp][] = [
    ['an unknown action', { ...ask, action: 'fly_away' }, /There is no action “fly_away”/],
    ['a name of objects', { ...ask, action: '__proto__' }, /There is no action/],
    ['Skein’s own action', { ...ask, action: 'record_sent' }, /Skein's own/],
    ['an unknown person', { ...ask, as: 'zoe' }, /zoe/],
    ['an unknown pod', { ...ask, pod: 'mars' }, /mars/],
    ['a field nobody knows', { ...ask, input: { colour: 'red' } }, /colour/],
    ['an input that is a list', { ...ask, input: [1] }, /list_tasks/],
    ['a title that is a number', { ...ask, action: 'create_task', input: { title: 7 } }, /title/],
    ['a task that is not there', { ...ask, action: 'start_task', input: { task: '#999' } }, /999/],
    ['no body', null, /request can't be read/],
    ['a key without end', { ...ask, key: 'k'.repeat(500) }, /key/],
    ['no JSON', '{"as": ', /request can't be read/],
  ];
  for (const [name, body, says] of asked)
    it(`at the door (${name}) is answered with a sentence`, async () => {
      const { url = '', token = '' } = (await readRunning(env.SKEIN_DATA_DIR ?? '')) ?? {};
      const response = await fetch(`${url}/cli/act`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const { error } = (await response.json()) as { error: { message: string } };
      expect(response.status).to.be.within(400, 409);
      expect(error.message)
        .to.match(says)
        .and.not.match(/^\s+at |TypeError/);
    });

  it('leaves Skein answering, its log without a bug and without a secret', async () => {
    await stillAnswers();
    expectNoSecret(lines, env);
  });
});
