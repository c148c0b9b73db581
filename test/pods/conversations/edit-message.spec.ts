import { expect } from 'chai';
import { NotAllowed, NotFound } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

async function withMessage() {
  const world = await aWorld();
  const { message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: '@scribe one' });
  world.delivered.length = 0;
  const edit = (text: string) => world.does(world.ben, 'edit_message', { message: message.id, text });
  return { world, message, edit };
}

describe('edit_message', () => {
  it('puts another text in its place', async () => {
    const { world, message, edit } = await withMessage();
    await edit('two');
    const { conversations } = await world.does(world.gil, 'read_conversation');
    const { messages } = await world.does(world.gil, 'read_conversation', { conversation: conversations[0].id });
    expect(messages[0]).to.include({ id: message.id, text: 'two', edited: true });
    expect((await world.does(world.gil, 'search_pod', { query: 'one' })).found).to.deep.equal([]);
  });

  it('calls only agents that it newly names', async () => {
    const { world, edit } = await withMessage();
    await edit('@scribe @pilot one');
    expect(world.delivered.map((one) => (one.kind === 'wake' ? one.agent : one.kind))).to.deep.equal([world.pilot]);
  });

  it('marks a message in Slack for the agents that it newly names', async () => {
    const { world, message, edit } = await withMessage();
    await edit('@scribe @pilot one');
    expect(world.delivered.map(({ kind }) => kind)).to.deep.equal(['wake']);
    world.delivered.length = 0;
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '7.000001' } as const;
    const slack = await world.does(world.ben, 'post_message', { text: '@scribe two' }, { origin });
    world.delivered.length = 0;
    await world.does(world.ben, 'edit_message', { message: slack.message.id, text: '@scribe @pilot two' });
    const [mark, wake] = world.delivered;
    expect(mark).to.deep.include({
      kind: 'mark',
      message: slack.message.id,
      agents: [world.pilot],
      called: [world.pilot],
    });
    expect(wake).to.deep.include({ kind: 'wake', agent: world.pilot, marked: true });
    expect(message.id).to.not.equal(slack.message.id);
  });

  it('updates what Skein itself posted, and looks for what has the earlier words', async () => {
    const { world, message, edit } = await withMessage();
    await world.does('skein', 'record_sent', { message: message.id, team: 'T1', channel: 'C1', ts: ['1.0'] });
    await edit('two');
    expect(world.delivered.map((one) => one.kind)).to.deep.equal(['earlier', 'update']);
  });

  it('is for its author, while it stands', async () => {
    const { world, message, edit } = await withMessage();
    const other = await refusal(world.does(world.ada, 'edit_message', { message: message.id, text: 'x' }));
    expect(other).to.be.instanceOf(NotAllowed);
    await world.does(world.ben, 'delete_message', { message: message.id });
    expect(await refusal(edit('x'))).to.be.instanceOf(NotFound);
  });
});
