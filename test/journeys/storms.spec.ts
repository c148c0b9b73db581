// Agents that are called over and over: they rest, and the person who can let them go on is asked, once.
import { expect } from 'chai';
import { type Call, end, serve, start, stream, type TestServer, text } from '../agents/model/model-test-server.ts';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

describe('a storm of calls', function () {
  this.timeout(120_000);
  let model: TestServer;
  let room: MailRoom;
  let words: string;

  before(async () => {
    const says = (call: Call) =>
      stream(start(), ...text(0, call.body.includes('<fact n=') ? 'Done.' : words), ...end('end_turn'))(call);
    words = 'I looked.';
    model = await serve(says);
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    // Over days their digests would tell it first.
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
    await room.team.quiet();
  });
  after(async () => {
    await room.stop();
    await model.close();
  });

  const waiting = (as: string) => room.team.command(as, 'launch', '/skein waiting');
  const notices = async (as: string) =>
    (await room.team.messages('app', undefined, as)).filter(({ text }) => !text.startsWith('Your digest'));
  const agents = (all: readonly Seen[]) => all.filter(({ username }) => ['Scribe', 'Scout'].includes(username));

  it('by one account is parked: the thread says so, its owner is told what lets it go on, and does that', async () => {
    const root = await room.team.say('ben', 'launch', '@scribe please look');
    for (let n = 1; n < 45; n++) await room.team.say('ben', 'launch', '@scribe please look again', root);
    await room.team.quiet();
    const thread = await room.team.messages('launch', root);
    const parked = thread.filter(({ text }) => text.includes('has called agents here many times in a row'));
    expect(parked.map(({ text }) => text)).to.deep.equal([
      '_Ben Okafor’s account has called agents here many times in a row, and nothing has changed since. What it writes wakes no agent any more, until somebody else writes here or an owner of the pod writes “@scribe go on”._',
    ]);
    const asked = model.calls.length;
    await room.team.say('ben', 'launch', '@scribe go on', root);
    await room.team.quiet();
    expect(model.calls.length, 'Ben is no owner').to.equal(asked);
    expect(await waiting('ada')).to.match(/launch/);
    const before = (await notices('ada')).length;
    await room.team.post('/practice/clock', { advance: DAYS });
    await room.team.until('app', '', (all) => all.some(({ text }) => text.includes('many times in a row')), 'ada');
    await room.team.quiet();
    expect(
      (await notices('ada')).slice(before).map(({ text }) => text.replace(/<[^|>]+\|([^>]+)>/g, '$1')),
    ).to.deep.equal([
      'Agents in launch were called many times in a row, so Skein wakes them there no more. Write “go on” in that thread, with the agent’s name, and it continues.',
    ]);
    words = 'I go on.';
    await room.team.say('ada', 'launch', '@scribe go on', root);
    await room.team.until('launch', root, (all) => all.some(({ text }) => text === 'I go on.'));
    await room.team.quiet();
    expect(await waiting('ada')).to.not.match(/Something in .*launch/);
  });

  it('of agents that call each other ends, and whoever began it is asked, nobody else', async () => {
    words = '@scribe @scout your turn';
    const root = await room.team.say('ben', 'launch', '@scribe plan it with @scout');
    await room.team.until('launch', root, (all) => all.some(({ text }) => /woken each other|in a row/.test(text)));
    await room.team.quiet();
    const thread = await room.team.messages('launch', root);
    expect(agents(thread).length).to.be.within(3, 24);
    const adas = await waiting('ada');
    expect(await waiting('ben')).to.match(/launch/);
    expect(adas).to.match(/^Nothing is waiting for you\./);
    words = 'It is planned.';
    await room.team.say('ben', 'launch', '@scribe go on', root);
    await room.team.until('launch', root, (all) => all.some(({ text }) => text === 'It is planned.'));
    await room.team.quiet();
    expect(await waiting('ben')).to.not.match(/Something in .*launch/);
  });
});
