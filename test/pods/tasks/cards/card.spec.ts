// The card of a task: each change of the task updates its post, once a commit.
import { expect } from 'chai';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { cardOf } from '../../../../src/pods/tasks/cards/card.ts';
import { evolveTask } from '../../../../src/pods/tasks/evolve/evolve-task.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type World } from '../../build.ts';

describe('the card of a task', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld({
      home: {
        pod: 'p_launch',
        origin: { kind: 'slack', team: 'T1', channel: 'C1' },
        account: (handle) => `slack:T1:${handle}`,
      },
    });
  });

  const updates = () => world.delivered.splice(0).filter(({ kind }) => kind === 'update');

  it('is the line that set an agent to work, and is updated by each change', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Write the note', assignee: 'scribe' });
    expect(updates(), 'the post itself shows what is so now').to.deep.equal([]);
    const doc = (await world.doc(TASKS, task.id)) as TaskDoc;
    const card = cardOf(doc);
    expect((await world.doc(MESSAGES, card?.message ?? ''))?.line?.task).to.equal(task.id);
    const changes: [string, object][] = [
      ['start_task', {}],
      ['update_task', { title: 'Write the long note' }],
      ['assign_task', { assignee: 'ben' }],
      ['complete_task', {}],
    ];
    for (const [action, input] of changes) {
      await world.does(world.ada, action, { task: task.id, ...input });
      const sent = updates();
      expect(sent, action).to.have.length(1);
      expect(sent[0], action).to.include({ conversation: card?.conversation, message: card?.message });
    }
  });

  it('is updated when a part of the task is made, done or opened again', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Fair', assignee: 'scribe' });
    const card = cardOf((await world.doc(TASKS, task.id)) as TaskDoc);
    updates();
    const changes: [string, object][] = [
      ['create_task', { title: 'Stall', parent: '#1' }],
      ['complete_task', { task: '#2' }],
      ['reopen_task', { task: '#2' }],
    ];
    for (const [action, input] of changes) {
      await world.does(world.ada, action, input);
      expect(
        updates().map((one) => (one as { message?: string }).message),
        action,
      ).to.include(card?.message);
    }
    await world.does(world.ada, 'update_task', { task: '#2', title: 'Stalls' });
    expect(updates(), 'the count is the same').to.deep.equal([]);
  });

  it('is none where no line tells of the task', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Write the note' });
    await world.does(world.ada, 'start_task', { task: task.id });
    expect(updates()).to.deep.equal([]);
  });

  it('stays the same, however many lines come after it', () => {
    const meta = { pod: 'p', seq: 1, at: 1, actor: 'skein' } as never;
    const created = { v: 1, on: 'tasks', id: 't', type: 'task_created', number: 1, titleRef: 'b_1' } as const;
    let doc = evolveTask(undefined, { ...created, line: { message: 'm0', conversation: 'c' } }, meta);
    for (let n = 1; n <= 250; n++) {
      const change = {
        v: 1,
        on: 'tasks',
        id: 't',
        type: 'task_updated',
        line: { message: `m${n}`, conversation: 'c' },
      };
      doc = evolveTask(doc as TaskDoc, change as never, meta);
    }
    expect(cardOf(doc as TaskDoc)?.message).to.equal('m0');
    expect(doc?.lines).to.have.length(100);
    expect(doc?.lines?.at(-1)?.message).to.equal('m250');
  });
});
