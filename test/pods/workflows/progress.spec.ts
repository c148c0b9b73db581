// How far a workflow has come, as the lists say it: to whoever waits for it, and to whoever has it.
import { expect } from 'chai';
import { awaitedLine } from '../../../src/doors/awaited-line.ts';
import { waitingLine } from '../../../src/doors/waiting-line.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { importWorkflows } from '../../../src/manifests/import-workflows.ts';
import { texts } from '../../texts/words.ts';
import { aWorld, type Json, type World } from '../build.ts';
import { shippedWorkflows } from './shipped.ts';

describe('the progress of a workflow', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await importWorkflows({ act: world.act, read: makeReader(world.store) }, await shippedWorkflows());
    const roles = ['developer: scribe', 'security: pilot', 'qa: ben', 'owner: ada'];
    await world.does(world.ada, 'start_workflow', { workflow: 'change-to-release', about: 'Passkeys', roles });
    // Without a stop at the plan.
    await world.does(world.ada, 'set_involvement', { task: '#2', level: 'digest' });
  });

  const lines = async (who: ParticipantId): Promise<string[]> => {
    const reader = { zone: 'UTC', now: world.clock.now };
    const { awaited } = await world.does(who, 'list_awaited');
    return awaited.map((one: Json) => awaitedLine(texts.fill, one as never, '', reader));
  };
  const waiting = async (who: ParticipantId): Promise<Json[]> => (await world.does(who, 'list_waiting')).waiting;
  const graph = async (): Promise<string[]> =>
    (await world.does(world.ada, 'read_graph')).tasks.map(
      ({ number, is, parts }: Json) => `#${number} ${is}${parts ? `, ${parts}` : ''}`,
    );
  const approved = async (number: number, reviewer: ParticipantId) => {
    await world.does(world.scribe, 'request_review', { task: `#${number}` });
    await world.does(reviewer, 'approve', { task: `#${number}` });
    await world.does(world.scribe, 'complete_task', { task: `#${number}` });
  };

  it('is one line for whoever waits for its steps, with those that can be done now', async () => {
    expect(await lines(world.ada)).to.deep.equal([
      '#1 “A change, from development to security to QA: Passkeys” in Launch: 0 of 3 parts done, now #2 with Scribe',
    ]);
    await approved(2, world.pilot);
    expect((await lines(world.ada))[0]).to.include(': 1 of 3 parts done, now #3 with Scribe');
  });

  it('is no line any more once the rest is with whoever waits', async () => {
    await approved(2, world.pilot);
    await approved(3, world.ben);
    expect(await lines(world.ada)).to.deep.equal([]);
  });

  it('stands with the whole, which is the last of what waits until its parts are done', async () => {
    await world.does(world.ada, 'create_task', { title: 'Sweep', assignee: 'ada' });
    const before = await waiting(world.ada);
    expect(before.map(({ task, parts }) => `${task} ${parts ?? ''}`)).to.deep.equal([
      '#5 ',
      '#4 ',
      '#1 0 of 3 parts done',
    ]);
    const line = waitingLine(texts.fill, before[2] as never, '', { zone: 'UTC', now: world.clock.now });
    expect(line).to.match(/in Launch.*; 0 of 3 parts done$/);
    await approved(2, world.pilot);
    await approved(3, world.ben);
    await world.does(world.ada, 'complete_task', { task: '#4' });
    expect((await waiting(world.ada)).find(({ task }) => task === '#1')).not.to.have.property('parts');
  });

  it('stands in the lists of tasks, where the whole can not begin itself', async () => {
    expect(await graph()).to.deep.equal(['#2 ready', '#3 waits', '#4 waits', '#1 parts, 0 of 3 parts done']);
    const { tasks } = await world.does(world.ben, 'list_tasks');
    expect(tasks.find(({ number }: Json) => number === 1).parts).to.equal('0 of 3 parts done');
    await world.does(world.ada, 'drop_task', { task: '#4', reason: 'It goes out by itself' });
    expect((await graph()).at(-1), 'what was dropped is no part to do').to.equal('#1 parts, 0 of 2 parts done');
  });
});
