// Files that are attached to a task by hand, or came with the mail of which it was made.
import { expect } from 'chai';
import { heardLine, lineText } from '../../../src/agents/sessions/hearing/heard-line.ts';
import { Conflict, NotAllowed, NotFound } from '../../../src/errors.ts';
import { makeReader } from '../../../src/log/read.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, refusal, type World } from '../build.ts';

describe('files of a task', () => {
  let world: World;
  let task: string;
  beforeEach(async () => {
    world = await aWorld({
      home: {
        pod: 'p_launch',
        origin: { kind: 'slack', team: 'T1', channel: 'C1' },
        account: (handle) => `slack:T1:${handle}`,
      },
    });
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Rye.' });
    task = (await world.does(world.ada, 'create_task', { title: 'Write the note', assignee: 'scribe' })).task.id;
    world.delivered.length = 0;
  });
  const attaches = (who: 'ada' | 'ben' | 'gil' = 'ben', file = 'plan.md') =>
    world.does(world[who], 'attach_file', { task, file });
  const detaches = () => world.does(world.ben, 'detach_file', { task, file: 'plan.md' });
  const listed = async () => (await world.does(world.ada, 'list_tasks', { state: 'all' })).tasks[0].files;

  it('are attached, which its card shows, and taken away again', async () => {
    await attaches();
    expect(world.delivered.map(({ kind }) => kind)).to.deep.equal(['update']);
    expect(await listed()).to.deep.equal(['plan.md']);
    await detaches();
    expect(await listed()).to.equal(undefined);
    expect(await world.doc(TASKS, task)).to.not.have.property('files');
    const { history } = await world.does(world.ada, 'pod_history', { limit: 2 });
    expect(history.map(({ did }: { did: string }) => did)).to.have.members([
      'attached the file “plan.md” to #1 “Write the note”',
      'detached the file “plan.md” from #1 “Write the note”',
    ]);
  });

  it('are attached once, by members, and only if they are there', async () => {
    expect(await refusal(detaches()))
      .to.be.instanceOf(Conflict)
      .with.property('message')
      .that.includes('not attached');
    await attaches();
    expect(await refusal(attaches('ada')))
      .to.be.instanceOf(Conflict)
      .with.property('message', '“plan.md” is attached to #1 already.');
    expect(await refusal(attaches('gil'))).to.be.instanceOf(NotAllowed);
    expect(await refusal(attaches('ada', 'none.md'))).to.be.instanceOf(NotFound);
  });

  it('are news for the person who has the task, and for nobody who attaches to their own', async () => {
    const { task: theirs } = await world.does(world.ada, 'create_task', { title: 'Order', assignee: 'ben' });
    const open = async () =>
      world.store.collection<NeedDoc>(NEEDS.name).find({ where: { pod: world.pod, who: world.ben } });
    await world.does(world.ben, 'attach_file', { task: theirs.id, file: 'plan.md' });
    expect((await open()).filter(({ step }) => step === 'attached')).to.deep.equal([]);
    await world.does(world.ben, 'detach_file', { task: theirs.id, file: 'plan.md' });
    await world.does(world.ada, 'attach_file', { task: theirs.id, file: 'plan.md' });
    expect((await open()).filter(({ step }) => step === 'attached').map(({ who }) => who)).to.deep.equal([world.ben]);
  });

  it('are named to the agent that is set to work', async () => {
    await attaches();
    const lines = (await world.doc(TASKS, task))?.lines ?? [];
    const message = await world.doc(MESSAGES, lines[0]?.message ?? '');
    const heard =
      message?.line && (await heardLine(makeReader(world.store), { pod: world.pod, line: message.line }, world.scribe));
    expect(heard && lineText(heard, 'm', 'now')).to.include('\nAttached file: plan.md');
  });

  it('leave the task when they are erased, and its card shows their names no more', async () => {
    await attaches();
    const { files } = await world.does(world.ada, 'list_files');
    world.delivered.length = 0;
    await world.does(world.ben, 'redact', { what: files[0].id });
    expect(world.delivered.some(({ kind }) => kind === 'update')).to.equal(true);
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Another.' });
    expect(await listed(), 'another file of that name is another file').to.equal(undefined);
  });
});
