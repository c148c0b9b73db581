import { expect } from 'chai';
import { InvalidInput } from '../../../src/errors.ts';
import { aWorld, type Json, refusal } from '../build.ts';

const texts = (history: Json[]) => history.map((one) => one.text);

describe('pod_history', () => {
  it('tells who did what through which door', async () => {
    const world = await aWorld();
    const { does, ada, ben, scribe } = world;
    await does(ada, 'create_task', { title: 'Order boxes' });
    await does(ada, 'assign_task', { task: '#1', assignee: 'ben' });
    await does(scribe, 'complete_task', { task: '1', note: 'All here' }, { onBehalfOf: ben, via: 'model' });
    await does(ben, 'put_file', { name: 'boxes.md', text: 'x' }, { via: 'email' });
    const { history } = await does(world.gil, 'pod_history');
    expect(texts(history)).to.deep.equal([
      'Ada Lindqvist created the pod “Launch” and added Pilot, Scribe, Ben Okafor and Ada Lindqvist as owner, through Slack',
      'Ada Lindqvist added Gil Torres as guest, through Slack',
      'Ada Lindqvist created #1 “Order boxes”, through Slack',
      'Ada Lindqvist assigned #1 “Order boxes” to Ben Okafor, through Slack',
      'Scribe, for Ben Okafor, completed #1 “Order boxes”: “All here”',
      'Ben Okafor added the file “boxes.md”, by mail',
    ]);
    expect(history[4]).to.include({ seq: 5, who: 'Scribe' });
  });

  it('tells when something was said, where it was said before it was heard of', async () => {
    const world = await aWorld();
    const input = { text: 'Morning' };
    const said = world.clock.now - 86_400_000;
    const origin = { kind: 'slack', team: 'T', channel: 'C', ts: '1.1', at: said } as const;
    await world.does(world.ada, 'post_message', input, { origin });
    await world.does(
      world.ada,
      'post_message',
      { text: 'Now' },
      { origin: { ...origin, ts: '1.2', at: world.clock.now } },
    );
    const { history } = await world.does(world.ada, 'pod_history', { limit: 2 });
    expect(history[0].said).to.equal(`${new Date(said).toISOString().slice(0, 16)}Z`);
    expect(history[1]).not.to.have.property('said');
  });

  it('tells that a message was edited, and never its earlier words', async () => {
    const world = await aWorld();
    const { message } = await world.does(world.ada, 'start_conversation', { title: 'Rye', text: 'It costs 4711' });
    await world.does(world.ada, 'edit_message', { message: message.id, text: 'It costs 4712' });
    await world.does(world.ada, 'edit_message', { message: message.id, text: 'It costs something' });
    const { history } = await world.does(world.ada, 'pod_history', { from: 3 });
    expect(texts(history)).to.deep.equal([
      'Ada Lindqvist started the conversation “Rye” and wrote a message that was edited since in “Rye”, through Slack',
      'Ada Lindqvist edited a message that was edited again since, through Slack',
      'Ada Lindqvist edited a message to “It costs something”, through Slack',
    ]);
  });

  it('shows the newest, and how to go on to the older', async () => {
    const world = await aWorld();
    for (let n = 1; n <= 8; n++) await world.does(world.ada, 'create_task', { title: `Job ${n}` });
    const newest = await world.does(world.ada, 'pod_history', { limit: 4 });
    expect(newest.history.map((one: Json) => one.seq)).to.deep.equal([7, 8, 9, 10]);
    expect(newest.next).to.deep.equal({ to: 6 });
    const older = await world.does(world.ada, 'pod_history', { ...newest.next, limit: 10 });
    expect(older.history.map((one: Json) => one.seq)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(older).not.to.have.property('next');
  });

  it('keeps the newest where they are too long for one result, and how to go on', async () => {
    const world = await aWorld();
    for (let n = 1; n <= 190; n++) await world.does(world.ada, 'create_task', { title: `Job ${n} ${'x'.repeat(100)}` });
    const newest = await world.does(world.ada, 'pod_history', { limit: 200 });
    expect(JSON.stringify(newest).length).to.be.below(25_000);
    expect(newest.history.at(-1).text).to.contain('Job 190 ');
    const older = await world.does(world.ada, 'pod_history', { ...newest.next, limit: 200 });
    expect(older.history.at(-1).seq).to.equal(newest.history[0].seq - 1);
  });

  it('shows what lies between two numbers, both included', async () => {
    const world = await aWorld();
    for (let n = 1; n <= 8; n++) await world.does(world.ada, 'create_task', { title: `Job ${n}` });
    const first = await world.does(world.ada, 'pod_history', { from: 3, to: 6, limit: 3 });
    expect(first.history.map((one: Json) => one.seq)).to.deep.equal([3, 4, 5]);
    expect(first.next).to.deep.equal({ from: 6, to: 6 });
    const rest = await world.does(world.ada, 'pod_history', first.next);
    expect(rest.history.map((one: Json) => one.seq)).to.deep.equal([6]);
    expect((await world.does(world.ada, 'pod_history', { from: 99 })).history).to.deep.equal([]);
    expect(await refusal(world.does(world.ada, 'pod_history', { from: 3, to: 2 }))).to.be.instanceOf(InvalidInput);
  });

  it('passes over housekeeping, which has its numbers all the same', async () => {
    const world = await aWorld();
    const { does, ada } = world;
    const { message } = await does(ada, 'start_conversation', { title: 'Talk', text: 'one' });
    await does('skein', 'record_sent', { message: message.id, team: 'T1', channel: 'C1', ts: ['1.0'] });
    await does(ada, 'create_task', { title: 'Order boxes' });
    expect((await does(ada, 'pod_history', { from: 3 })).history.map((one: Json) => one.seq)).to.deep.equal([3, 5]);
    const quiet = await does(ada, 'pod_history', { from: 4, limit: 1 });
    expect(quiet).to.deep.equal({ history: [], next: { from: 5 } });
  });

  it('keeps silent about what was erased', async () => {
    const world = await aWorld();
    const { does, ada } = world;
    const { conversation, message } = await does(ada, 'start_conversation', { title: 'Talk', text: 'hushhush one' });
    await does(ada, 'edit_message', { message: message.id, text: 'hushhush two' });
    const { task } = await does(ada, 'create_task', { title: 'hushhush three' });
    await does(ada, 'update_task', { task: task.id, title: 'hushhush four' });
    await does(ada, 'complete_task', { task: task.id, note: 'hushhush five' });
    const { file } = await does(ada, 'put_file', { name: 'hushhush.md', text: 'x' });
    const { note } = await does(ada, 'record_decision', { decision: 'hushhush six', conversation: conversation.id });
    expect(
      texts((await does(ada, 'pod_history')).history)
        .join('\n')
        .match(/hushhush/g),
    ).to.have.length(8);
    for (const { id } of [message, task, file, note]) await does(ada, 'redact', { what: id, reason: 'private' });
    const after = texts((await does(ada, 'pod_history')).history);
    expect(after.join('\n')).not.to.include('hushhush');
    expect(after.at(-1)).to.equal('Ada Lindqvist erased a note (private), through Slack');
  });

  it('tells the log of the organisation too', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'update_skill', {
      name: 'packing',
      description: 'How to pack.',
      instructions: 'Fold.',
    });
    const { history } = await world.does(world.zoe, 'pod_history', { limit: 3 }, { pod: 'org' });
    expect(texts(history)).to.deep.equal([
      'Skein created the agent Pilot (@pilot)',
      'Skein created the agent Scribe (@scribe)',
      'Ben Okafor updated the skill packing, through Slack',
    ]);
  });
});
