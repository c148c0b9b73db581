// An item that moves on while its person waits to be told is told once, in its newest words.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { HEARINGS, hearingId } from '../../../src/pods/telling/hearing.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('an item that falls due while it waits to be told', () => {
  let world: World;
  let task: string;

  beforeEach(async () => {
    world = await aWorld();
    const made = { title: 'Order boxes', assignee: 'ben', due: '2026-11-03' };
    ({ id: task } = ((await world.does(world.ada, 'create_task', made)) as Json).task);
  });

  const skeins = (pod: string, action: string, input: object, key: string) =>
    world.act({ pod, actor: 'skein', via: 'skein', action, input, key });
  /** Carries the acts. Returns for whom there were notices. */
  const carried = async (): Promise<PersonId[]> => {
    const told: PersonId[] = [];
    while (world.delivered.length)
      for (const one of world.delivered.splice(0)) {
        if (one.kind === 'act') await skeins(one.in, one.action, one.input as object, one.key);
        if (one.kind === 'notice') told.push(one.person);
      }
    return told;
  };
  const fallsDue = async () => {
    const { dueAt = 0 } = (await world.doc(TASKS, task)) ?? {};
    world.clock.now = Math.max(world.clock.now, dueAt);
    await skeins(world.pod, 'fall_due', { task, dueAt }, `due:${dueAt}`);
  };
  const tells = async (person: PersonId) => {
    const { dueAt = 0, seq = 0 } = (await world.doc(TELLINGS, person)) ?? {};
    world.clock.now = Math.max(world.clock.now, dueAt);
    await skeins(person, 'tell', { dueAt }, `tell:${person}:${seq}`);
  };
  const need = (who: PersonId) => needId(world.pod, who, { on: TASKS.name, id: task });
  const heardRound = async (who: PersonId, of = who) =>
    (await world.doc(HEARINGS, hearingId(who, need(of))))?.round ?? 0;

  it('is told once, as due', async () => {
    expect(await carried()).to.deep.equal([]);
    await fallsDue();
    const heard = world.delivered.splice(0);
    await tells(world.ben);
    expect(await carried()).to.deep.equal([world.ben]);
    expect(await heardRound(world.ben)).to.equal((await world.doc(NEEDS, need(world.ben)))?.round);
    world.delivered.push(...heard);
    expect(await carried()).to.deep.equal([]);
    expect(await world.doc(TELLINGS, world.ben)).not.to.have.property('dueAt');
    // The next day it is told again.
    await fallsDue();
    expect(await carried()).to.deep.equal([]);
    await tells(world.ben);
    expect(await carried()).to.deep.equal([world.ben]);
  });

  it('is told once to the deputy of its person, whose deputy they stay', async () => {
    await carried();
    await world.does(world.ben, 'set_away', { deputy: 'Ada' });
    await tells(world.ben);
    expect(await carried()).to.deep.equal([]);
    await fallsDue();
    const heard = world.delivered.splice(0);
    await tells(world.ada);
    expect(await carried()).to.deep.equal([world.ada]);
    world.delivered.push(...heard);
    await carried();
    await tells(world.ben);
    expect(await carried(), 'passed on, and told already').to.deep.equal([]);
    expect(await world.doc(TELLINGS, world.ada)).not.to.have.property('dueAt');
    const own = await world.doc(HEARINGS, hearingId(world.ada, need(world.ben)));
    expect(own).to.deep.include({ for: world.ben, state: 'told' });
  });

  it('is told once in a digest', async () => {
    await carried();
    await fallsDue();
    const heard = world.delivered.splice(0);
    await skeins(world.ben, 'tell_in_digest', { digest: 'd' }, 'digest:d');
    world.delivered.push(...heard);
    await carried();
    expect(await world.doc(TELLINGS, world.ben)).not.to.have.property('dueAt');
  });
});
