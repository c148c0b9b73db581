// Reviewers who were named and whom nobody has asked: whoever has the task asks them before it is done; if somebody else
// ends it, they and whoever gave it read that.
import { expect } from 'chai';
import { NO_LINKS } from '../../../../src/digest/facts.ts';
import type { ParticipantId, PersonId } from '../../../../src/log/participant.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { noticeWords } from '../../../../src/outbox/notices/notice-words.ts';
import { NEEDS, needId, STEPS } from '../../../../src/pods/needs/need.ts';
import { texts } from '../../../texts/words.ts';
import { aWorld, type Json, refusal, type World } from '../../build.ts';

describe('reviewers whom nobody has asked', () => {
  let world: World;
  let id: string;
  const DONE = 'Done: #1 “Price list” in Launch, by **Ada Lindqvist**.';
  const WITHOUT = 'It was closed without a review by Zoe Marsh.';

  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'add_member', { who: 'zoe' });
  });
  const make = async (by: ParticipantId, input: object) => {
    const { task } = await world.does(by, 'create_task', { title: 'Price list', reviewers: ['zoe'], ...input });
    id = task.id;
  };
  const reads = async (who: PersonId): Promise<string[]> => {
    const deps = { read: makeReader(world.store), texts, links: NO_LINKS, zone: 'UTC', clock: () => world.clock.now };
    const need = needId(world.pod, who, { on: STEPS, id });
    const item = await world.doc(NEEDS, need);
    return item ? (await noticeWords(deps, { items: [{ need, pod: world.pod }] })).lines : [];
  };
  const messages = async (): Promise<string[]> => {
    const { conversation } = (await world.does(world.ada, 'open_task_conversation', { task: id })) as Json;
    const read = await world.does(world.ada, 'read_conversation', { conversation });
    return read.messages.map(({ text }: Json) => text);
  };
  const done = (by: ParticipantId) => world.does(by, 'complete_task', { task: id });

  it('are asked by whoever has the task first, whose “done” then ends it', async () => {
    await make(world.ada, { assignee: 'ben' });
    expect((await refusal(done(world.ben))).message).to.equal(
      '#1 is to be reviewed by Zoe Marsh, so it is not done yet. Say “#1 ask for review”, and they are asked.',
    );
    await world.does(world.ben, 'request_review', { task: id });
    expect((await done(world.ben)).task.state).to.equal('done');
    expect((await reads(world.ada))[0]).to.contain(WITHOUT);
    expect(await reads(world.zoe), 'her request says that it is over').to.deep.equal([]);
  });

  it('are asked first also by an agent, and by an owner who has it themselves', async () => {
    await make(world.ada, { assignee: 'scribe' });
    expect((await refusal(done(world.scribe))).message).to.contain('request_review asks them.');
    await make(world.ada, { assignee: 'ada' });
    expect((await refusal(done(world.ada))).message).to.contain('ask for review');
  });

  it('read that an owner closed it without them, and so does whoever gave it', async () => {
    await make(world.ben, { assignee: 'scribe' });
    await done(world.ada);
    for (const who of [world.zoe, world.ben]) expect(await reads(who)).to.deep.equal([`${DONE} ${WITHOUT}`]);
  });

  it('read it once if they gave it too, and not at all if they end it, or it joins another', async () => {
    await make(world.zoe, { assignee: 'scribe', reviewers: ['zoe', 'ben'] });
    await done(world.zoe);
    expect(await reads(world.zoe)).to.deep.equal([]);
    expect((await reads(world.ben))[0]).to.contain('without a review by Zoe Marsh and Ben Okafor.');
    await make(world.ada, { assignee: 'ben' });
    const joined = id;
    await make(world.ada, { assignee: 'ben', reviewers: [] });
    await world.does(world.ada, 'merge_tasks', { task: joined, into: id });
    id = joined;
    expect(await reads(world.zoe)).to.deep.equal([]);
  });

  it('are told of to an agent that gave it', async () => {
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'P', text: '@scribe go' });
    const input = { title: 'Price list', assignee: 'ben', reviewers: ['zoe'] };
    const { task } = await world.does(world.scribe, 'create_task', input, { conversation: conversation.id });
    await world.does(world.ada, 'complete_task', { task: task.id });
    const read = await world.does(world.ada, 'read_conversation', { conversation: conversation.id });
    expect(read.messages.at(-1).text).to.equal(`Ada Lindqvist finished #1 “Price list”. ${WITHOUT}`);
  });

  it('do not stand in the words that open its thread, nor does whoever has it: both change', async () => {
    await make(world.ada, { assignee: 'ben' });
    expect(await messages()).to.deep.equal(['#1 “Price list”.']);
    await make(world.ada, { reviewers: ['zoe', 'ben'] });
    expect(await messages()).to.deep.equal(['#2 “Price list”.']);
  });
});
