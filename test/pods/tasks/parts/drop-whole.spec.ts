// Dropping a task with open parts: which of them fall with it, who hears of that, and how it is undone.
import { expect } from 'chai';
import { doneWords } from '../../../../src/doors/typed/done-words.ts';
import type { ParticipantId } from '../../../../src/log/participant.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import { atWorkIn, isStopped } from '../../../../src/pods/conversations/words/at-work.ts';
import { NEEDS, type NeedDoc } from '../../../../src/pods/needs/need.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type Json, refusal, type World } from '../../build.ts';

describe('a task with open parts', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const make = async (input: object, by: ParticipantId = world.ada): Promise<number> =>
    (await world.does(by, 'create_task', { title: 'Work', ...input })).task.number;
  const task = async (number: number): Promise<TaskDoc> =>
    (
      await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod, number } as never })
    )[0] as TaskDoc;
  const states = async (...numbers: number[]) => Promise.all(numbers.map(async (one) => (await task(one)).state));
  const items = async (who: string, reason: string): Promise<NeedDoc[]> => {
    const all = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who } as never });
    return all.filter((one) => one.reason === reason && (one.state === 'open' || one.state === 'news'));
  };
  const drop = (input: object = {}, by: ParticipantId = world.ada): Promise<Json> =>
    world.does(by, 'drop_task', { task: '#1', reason: 'The customer withdrew', ...input });

  /** #1 has the parts #2, with Scribe, #3, with Ben, which waits for #2, and #4, a part of #3 with Ben. */
  const whole = async (more: object = {}) => {
    await make({ title: 'Fair', ...more });
    await make({ title: 'Hall', parent: '#1', assignee: 'scribe' });
    await make({ title: 'Tables', parent: '#1', assignee: 'ben', depends_on: ['#2'] });
    await make({ title: 'Chairs', parent: '#3', assignee: 'ben' });
    world.delivered.length = 0;
  };

  it('is not dropped before somebody says what becomes of them', async () => {
    await whole();
    expect((await refusal(drop())).message).to.equal(
      '#1 has parts that are not done: #2, #3 and #4. Say what becomes of them: with parts “drop” they are dropped with it, with “keep” they go on. In words: “#1 drop with its parts: why” or “#1 drop without its parts: why”.',
    );
    expect(await states(1, 2, 3, 4)).to.deep.equal(['open', 'open', 'open', 'open']);
  });

  it('leaves them as they are where that is said', async () => {
    await whole();
    await drop({ parts: 'keep' });
    expect(await states(1, 2, 3, 4)).to.deep.equal(['dropped', 'open', 'open', 'open']);
  });

  it('takes them along, and parts of parts, and says which they are', async () => {
    await whole();
    const { result, commit } = await world.acts(world.ada, 'drop_task', {
      ...{ task: '#1', reason: 'The customer withdrew', parts: 'drop' },
    });
    expect(await states(1, 2, 3, 4)).to.deep.equal(['dropped', 'dropped', 'dropped', 'dropped']);
    expect((result as Json).dropped_parts).to.deep.equal([
      '#2, with Scribe',
      '#3, with Ben Okafor',
      '#4, with Ben Okafor',
    ]);
    expect(await doneWords(makeReader(world.store), commit as never)).to.equal(
      'dropped #1 “Fair”: “The customer withdrew”, #2 “Hall” with #1, #3 “Tables” with #1 and #4 “Chairs” with #1 and stopped Scribe',
    );
  });

  it('leaves alone what is over', async () => {
    await whole();
    await world.does(world.ada, 'complete_task', { task: '#2' });
    await drop({ parts: 'drop' });
    expect(await states(2, 3)).to.deep.equal(['done', 'dropped']);
  });

  it('tells whoever had parts once, and asks nobody how the parts go on', async () => {
    await whole();
    await drop({ parts: 'drop' });
    const { id } = await task(1);
    const told = await items(world.ben, 'step');
    expect(told.map(({ about, step }) => ({ ...about, step }))).to.deep.equal([{ on: 'steps', id, step: 'dropped' }]);
    expect(await makeReader(world.store).texts([told[0]?.note])).to.deep.equal(
      new Map([[told[0]?.note, 'The customer withdrew']]),
    );
    for (const who of [world.ben, world.ada]) {
      expect(await items(who, 'stuck')).to.deep.equal([]);
      expect(await items(who, 'assigned')).to.deep.equal([]);
      expect(await items(who, 'part')).to.deep.equal([]);
    }
  });

  it('asks those who wait for a part from outside, and tells them by whom', async () => {
    await whole();
    await make({ title: 'Feast', assignee: 'gil', depends_on: ['#3'] });
    const { wait_for_it } = await drop({ parts: 'drop' });
    expect(wait_for_it).to.deep.equal(['#5, with Gil Torres']);
    expect((await task(5)).waitsFor).to.deep.equal([
      { task: (await task(3)).id, number: 3, dropped: { by: world.ada } },
    ]);
    expect((await task(3)).waitsFor?.[0]).to.have.property('dropped');
  });

  it('stops the agents at work on them, which a later task wakes as ever', async () => {
    await whole();
    const { conversation = '' } = await task(2);
    const at = async () => (await world.doc(CONVERSATIONS, conversation))?.atWork;
    expect(atWorkIn(await at(), world.scribe)).to.not.equal(undefined);
    await drop({ parts: 'drop' });
    expect(atWorkIn(await at(), world.scribe)).to.equal(undefined);
    expect(isStopped(await at(), world.scribe)).to.equal(false);
    expect(world.delivered).to.deep.include.members(
      world.delivered.filter(
        (one) => one.kind === 'halt' && one.agent === world.scribe && one.conversation === conversation,
      ),
    );
    expect(world.delivered.filter(({ kind }) => kind === 'halt')).to.have.length(1);
  });

  it('does not stop an agent that has other work in the same thread', async () => {
    await whole();
    const { conversation } = await task(2);
    await make({ title: 'Posters', assignee: 'scribe', conversation });
    await drop({ parts: 'drop' });
    expect(world.delivered.filter(({ kind }) => kind === 'halt')).to.deep.equal([]);
  });

  describe('that was dropped with them', () => {
    it('opens again with those that fell with it, and its agents begin', async () => {
      await whole();
      await make({ title: 'Tent', parent: '#1' });
      await world.does(world.ada, 'drop_task', { task: '#5', reason: 'No tent' });
      await drop({ parts: 'drop' });
      world.delivered.length = 0;
      const { reopened_parts } = await world.does(world.ada, 'reopen_task', { task: '#1' });
      expect(reopened_parts).to.deep.equal(['#2, with Scribe', '#3, with Ben Okafor', '#4, with Ben Okafor']);
      expect(await states(1, 2, 3, 4, 5)).to.deep.equal(['open', 'open', 'open', 'open', 'dropped']);
      expect((await task(3)).waitsFor).to.deep.equal([{ task: (await task(2)).id, number: 2 }]);
      expect(world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []))).to.deep.equal([world.scribe]);
      expect(await items(world.ben, 'stuck')).to.deep.equal([]);
      expect((await items(world.ben, 'reopened')).length).to.equal(2);
    });

    it('says again that a part waits for something else that will not be done', async () => {
      await whole();
      await make({ title: 'Flour' });
      await world.does(world.ada, 'change_dependencies', { task: '#4', add: ['#5'] });
      await drop({ parts: 'drop' });
      await world.does(world.ada, 'drop_task', { task: '#5', reason: 'None' });
      expect(await items(world.ben, 'stuck')).to.deep.equal([]);
      await world.does(world.ada, 'reopen_task', { task: '#1' });
      expect((await items(world.ben, 'stuck')).map(({ about }) => about.id)).to.deep.equal([(await task(4)).id]);
    });

    it('leaves dropped a part that was dropped by itself since', async () => {
      await whole();
      await drop({ parts: 'drop' });
      await world.does(world.ada, 'reopen_task', { task: '#4' });
      await world.does(world.ada, 'drop_task', { task: '#4', reason: 'No chairs' });
      await world.does(world.ada, 'reopen_task', { task: '#1' });
      expect(await states(3, 4)).to.deep.equal(['open', 'dropped']);
    });
  });

  it('with more than fifty parts drops the others by deliveries, and opens them so', async () => {
    await make({});
    for (let n = 0; n < 53; n += 1) await make({ parent: '#1', assignee: 'ben' });
    const carry = async () => {
      for (;;) {
        const rest = world.delivered
          .splice(0)
          .find((one) => one.kind === 'act' && one.action === 'follow_parts') as Json;
        if (!rest) return;
        const { in: pod, actor, action, input, key } = rest;
        await world.act({ pod, actor, via: 'skein', action, input, key });
      }
    };
    const count = async (state: string) =>
      (await makeReader(world.store).find(TASKS, { where: { pod: world.pod, state } as never })).length;
    world.delivered.length = 0;
    await drop({ parts: 'drop' });
    expect(await count('dropped')).to.equal(51);
    await carry();
    expect(await count('dropped')).to.equal(54);
    expect((await task(54)).dropped?.by).to.equal(world.ada);
    expect(await items(world.ben, 'step')).to.have.length(1);
    await world.does(world.ada, 'reopen_task', { task: '#1' });
    expect(await count('open')).to.equal(51);
    await carry();
    expect(await count('open')).to.equal(54);
  });
});
