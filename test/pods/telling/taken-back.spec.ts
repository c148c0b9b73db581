// A task that is opened again: nobody is told any more that it has ended, and whoever was told sees that it goes on.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import { NEEDS, needId, STEPS } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aStage } from '../../outbox/stage.ts';
import type { Json } from '../build.ts';

const never = new AbortController().signal;

describe('a task that is opened again', () => {
  let stage: Awaited<ReturnType<typeof aStage>>;
  let task: string;

  beforeEach(async () => {
    stage = await aStage();
    const { does, ada } = stage.world;
    ({ id: task } = ((await does(ada, 'create_task', { title: 'Call the mill', assignee: 'ben' })) as Json).task);
    stage.world.delivered.length = 0;
  });

  const skeins = (pod: string, action: string, input: object, key: string) =>
    stage.world.act({ pod, actor: 'skein', via: 'skein', action, input, key });
  /** Carries what waits to be carried. Returns for whom there were notices. */
  const carried = async (): Promise<PersonId[]> => {
    const { delivered } = stage.world;
    const told: PersonId[] = [];
    while (delivered.length)
      for (const one of delivered.splice(0)) {
        if (one.kind === 'act') await skeins(one.in, one.action, one.input as object, one.key);
        if (one.kind === 'notice') told.push(one.person);
        if (one.kind === 'notice') await DELIVERY_KINDS.notice.carry(stage.parts, one, never);
        if (one.kind === 'amend') await DELIVERY_KINDS.amend.carry(stage.parts, one, never);
      }
    return told;
  };
  /** Whom the person's next telling reaches. */
  const tells = async (person: PersonId) => {
    await carried();
    const { world } = stage;
    const { dueAt, seq } = (await world.doc(TELLINGS, person)) ?? {};
    if (dueAt === undefined) return [];
    world.clock.now = Math.max(world.clock.now, dueAt);
    await skeins(person, 'tell', { dueAt }, `tell:${person}:${seq}`);
    return carried();
  };
  const step = async (who: PersonId) => stage.world.doc(NEEDS, needId(stage.world.pod, who, { on: STEPS, id: task }));
  const shown = () => JSON.stringify(stage.slack.posts);

  it('is not told as done where nobody has heard that yet, whoever opens it again', async () => {
    const { ada, ben, does } = stage.world;
    for (const by of [ada, ben]) {
      await does(ben, 'complete_task', { task: '#1' });
      expect(await step(ada)).to.include({ step: 'finished', state: 'news' });
      await does(by, 'reopen_task', { task: '#1' });
      expect(await step(ada)).to.include({ state: 'withdrawn' });
      expect(await tells(ada)).to.deep.equal([]);
    }
    expect(shown()).not.to.include('Done');
  });

  it('is told as done when it is done after that', async () => {
    const { ada, ben, does } = stage.world;
    await does(ben, 'complete_task', { task: '#1' });
    await does(ada, 'reopen_task', { task: '#1' });
    await does(ben, 'complete_task', { task: '#1' });
    expect(await tells(ada)).to.deep.equal([ada]);
    expect(shown()).to.match(/Done: [^"]*Call the mill/);
  });

  it('shows in the message that said “Done” that it was opened again', async () => {
    const { ada, ben, does } = stage.world;
    await does(ben, 'complete_task', { task: '#1' });
    expect(await tells(ada)).to.deep.equal([ada]);
    expect(shown()).to.match(/Done: [^"]*Call the mill/);
    await does(ada, 'reopen_task', { task: '#1' });
    expect(await tells(ada)).to.deep.equal([]);
    expect(shown()).to.match(/“Call the mill” in Launch was opened again, by you, /);
    expect(shown()).not.to.include('Done:');
  });

  it('is open again in the message of whoever did it and opened it again, who is told no second time', async () => {
    const { ben, does, doc } = stage.world;
    const waits = () => doc(NEEDS, needId(stage.world.pod, ben, { on: TASKS.name, id: task }));
    await skeins(ben, 'hear', { pod: stage.world.pod, need: (await waits())?.id }, 'hear');
    expect(await tells(ben)).to.deep.equal([ben]);
    const first = shown();
    await does(ben, 'complete_task', { task: '#1' });
    await carried();
    expect(shown()).to.match(/Done: [^"]*Call the mill[^"]*, by you/);
    await does(ben, 'reopen_task', { task: '#1' });
    expect(await waits()).to.include({ state: 'open', reason: 'assigned', by: stage.world.ada });
    expect(await tells(ben)).to.deep.equal([]);
    expect(shown()).to.equal(first);
  });

  it('that was dropped is withdrawn for whoever had it: they are asked for it again', async () => {
    const { ada, ben, does } = stage.world;
    await does(ada, 'drop_task', { task: '#1', reason: 'No need' });
    expect(await step(ben)).to.include({ step: 'dropped', state: 'news' });
    await does(ada, 'reopen_task', { task: '#1' });
    expect(await step(ben)).to.include({ state: 'withdrawn' });
    expect(await tells(ben)).to.deep.equal([ben]);
    expect(shown()).to.include('Call the mill').and.not.to.include('dropped');
  });
});
