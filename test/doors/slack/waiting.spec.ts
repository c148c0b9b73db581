// The list of what waits, in Slack: only whoever has a task can give it back.
import { expect } from 'chai';
import type { SlackContext } from '../../../src/doors/slack/context.ts';
import { awaitedPost } from '../../../src/doors/slack/needs/awaited.ts';
import { waitingPost } from '../../../src/doors/slack/needs/waiting.ts';
import { makeReader } from '../../../src/log/read.ts';
import { PEOPLE, type PersonDoc } from '../../../src/pods/people/person.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type World } from '../../pods/build.ts';
import { texts } from '../../texts/words.ts';

describe('the list of what waits, in Slack', () => {
  it('offers “Not me…” for a task that the reader has, and not for one that nobody has', async () => {
    const world = await aWorld();
    const { ada, does, doc, store, act, clock } = world;
    const { task } = await does(ada, 'create_task', { title: 'Bake', due: '2026-12-04' });
    const { dueAt } = (await doc(TASKS, task.id)) ?? {};
    clock.now = Date.parse('2026-12-04T12:00Z');
    await does('skein', 'fall_due', { task: task.id, dueAt });
    const read = makeReader(store);
    const slack = { act, read, texts, linkTo: () => undefined, clock: () => clock.now } as unknown as SlackContext;
    const listed = async (who: World['ada']) =>
      JSON.stringify(await waitingPost(slack, (await read.get(PEOPLE, who)) as PersonDoc));
    expect(await listed(ada))
      .to.contain('Give to…')
      .and.not.contain('Not me…');
    await does(world.ben, 'assign_task', { task: '#1', assignee: 'ada' });
    expect(await listed(ada)).to.contain('Not me…');
  });

  it('offers “Give to…” for a task that the reader waits for while nobody has it', async () => {
    const { ada, does, store, act, clock } = await aWorld();
    await does(ada, 'create_task', { title: 'Bake' });
    const read = makeReader(store);
    const slack = { act, read, texts, linkTo: () => undefined, clock: () => clock.now } as unknown as SlackContext;
    const listed = async () => JSON.stringify(await awaitedPost(slack, (await read.get(PEOPLE, ada)) as PersonDoc));
    expect(await listed())
      .to.contain('with nobody')
      .and.contain('Give to…');
    await does(ada, 'assign_task', { task: '#1', assignee: 'ben' });
    expect(await listed())
      .to.contain('with Ben Okafor')
      .and.not.contain('Give to…');
  });
});
