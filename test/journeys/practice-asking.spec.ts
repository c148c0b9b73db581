// A newcomer without any key sees an agent ask a person with buttons, and go on upon the answer.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

describe('the stand-in model asks', function () {
  this.timeout(90_000);
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
    await room.team.quiet();
  });
  after(() => room.stop());

  const elements = ({ blocks }: Seen): { action_id: string; value: string; text: { text: string } }[] =>
    blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));
  const asked = ({ blocks }: Seen) => JSON.stringify(blocks).includes('Which flour do we order');

  it('with a button for each choice, waits, and keeps the answer as a decision', async () => {
    const { team, launch } = room;
    const root = await team.say('chiara', launch.channel, '@pilot ask Ben: which flour do we order, rye or wheat?');
    const all = await team.until(launch.channel, root, (seen) => seen.some(asked));
    const post = all.find(asked);
    if (!post) throw new Error('unreachable');
    expect(elements(post).map(({ text }) => text.text)).to.deep.equal(['Rye', 'Wheat']);
    await team.quiet();
    expect(await team.command('chiara', launch.channel, '/skein runs')).to.include('waits for an answer to q1');
    const rye = elements(post)[0];
    await team.post('/practice/click', {
      ...{ as: 'ben', channel: launch.channel, ts: post.ts, actionId: rye?.action_id, value: rye?.value },
    });
    const after = await team.until(launch.channel, root, (seen) =>
      seen.some(({ text }) => /q1 is answered/.test(text)),
    );
    const said = after.find(({ text }) => text.includes('q1 is answered'))?.text;
    expect(said).to.include('“Ben Okafor: Rye”').and.include('I have written that down as a decision.');
    await team.quiet();
    const { history } = await room.act<{ history: unknown }>('pod_history', { limit: 20 });
    expect(JSON.stringify(history)).to.include('Which flour do we order, rye or wheat? Rye');
  });
});
