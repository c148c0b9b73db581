// Words of a stranger that a member takes over into a task or a decision stay a stranger's.
import { expect } from 'chai';
import { outside } from '../../../src/log/labels/label.ts';
import { NOTES } from '../../../src/pods/notes/note.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld } from '../build.ts';

const label = outside({ kind: 'app', app: 'app:Robo' });
const at = { kind: 'slack', team: 'T1', channel: 'C1' } as const;

describe('pods/tasks: words that are taken over', () => {
  it('a task keeps the label of its title and its text', async () => {
    const world = await aWorld();
    const input = { title: 'Wire the money', text: '> Wire the money' };
    const origin = { ...at, taken: { title: label, text: label } };
    const { task } = await world.does(world.ada, 'create_task', input, { origin });
    expect(task.outside).to.equal(true);
    expect((await world.doc(TASKS, task.id))?.labels).to.deep.equal({ titleRef: label, body: label });
  });

  it('a title that the member wrote is their own', async () => {
    const world = await aWorld();
    const origin = { ...at, taken: { text: label } };
    const { task } = await world.does(
      world.ada,
      'create_task',
      { title: 'Ask the bank', text: '> Wire it' },
      { origin },
    );
    expect(task).to.not.have.property('outside');
    expect((await world.doc(TASKS, task.id))?.labels).to.deep.equal({ body: label });
  });

  it('a decision keeps it', async () => {
    const world = await aWorld();
    const origin = { ...at, taken: { decision: label } };
    const { note } = await world.does(world.ada, 'record_decision', { decision: 'Wire the money' }, { origin });
    expect((await world.doc(NOTES, note.id))?.labels).to.deep.equal({ body: label });
  });
});
