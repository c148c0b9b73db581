// Whoever leaves before they are told is told once they are back, of what is still open then.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { notice } from '../../../src/outbox/kinds/notice.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { putOffItems } from '../../../src/pods/telling/due.ts';
import { HEARINGS, type HearingDoc, hearingId } from '../../../src/pods/telling/hearing.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { texts } from '../../texts/words.ts';
import { aWorld, type World } from '../build.ts';

/** Carries acts, and notices to whoever can't be reached any more. Returns the notices that would be sent. */
async function carried(world: World): Promise<PersonId[]> {
  const read = makeReader(world.store);
  const sent: PersonId[] = [];
  const slack = {
    get sender() {
      throw new Error('sent');
    },
  };
  while (world.delivered.length)
    for (const one of world.delivered.splice(0)) {
      if (one.kind === 'act') {
        const { in: pod, actor, action, input, key } = one;
        await world.act({ pod, actor, via: 'skein', action, input, key });
      }
      if (one.kind === 'notice')
        await notice
          .carry({ act: world.act, read, slack, texts } as unknown as Parts, one, new AbortController().signal)
          .catch((error: Error) => {
            if (error.message !== 'sent') throw error;
            sent.push(one.person);
          });
    }
  return sent;
}

async function toldNow(world: World, person: PersonId): Promise<void> {
  const timing = await world.doc(TELLINGS, person);
  if (timing?.dueAt === undefined) return;
  const { dueAt, seq } = timing;
  world.clock.now = Math.max(dueAt, world.clock.now);
  const key = `due:${person}:${seq}:${dueAt}`;
  await world.act({ pod: person, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt }, key });
}

async function hearingOf(world: World, who: PersonId): Promise<HearingDoc | undefined> {
  const [item] = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who, state: 'open' } });
  return item && world.doc(HEARINGS, hearingId(who, item.id));
}

const deactivated = (world: World, state: 'in' | 'out') => {
  const input = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', state };
  return world.does('skein', 'register_person', input);
};

describe('whoever leaves before they are told', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await carried(world);
  });

  it('the pod, while the notice waits, is told once they are back', async () => {
    await toldNow(world, world.ben);
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    expect(await carried(world)).to.deep.equal([]);
    await world.does(world.ada, 'add_member', { who: 'ben' });
    expect((await hearingOf(world, world.ben))?.state).to.equal('dropped');
    await carried(world);
    await toldNow(world, world.ben);
    expect(await carried(world)).to.deep.equal([world.ben]);
  });

  it('the organisation, while the notice waits, is told once they are back', async () => {
    await toldNow(world, world.ben);
    await deactivated(world, 'out');
    expect(await carried(world)).to.deep.equal([]);
    await deactivated(world, 'in');
    await carried(world);
    await toldNow(world, world.ben);
    expect(await carried(world)).to.deep.equal([world.ben]);
  });

  it('the organisation, before the notice is due, is told once they are back', async () => {
    await deactivated(world, 'out');
    await toldNow(world, world.ben);
    expect(world.delivered.filter(({ kind }) => kind === 'notice')).to.deep.equal([]);
    expect((await hearingOf(world, world.ben))?.state).to.equal('dropped');
    await deactivated(world, 'in');
    await carried(world);
    expect((await hearingOf(world, world.ben))?.state).to.equal('waiting');
  });

  it('hears nothing again of a notice that was sent', async () => {
    await toldNow(world, world.ben);
    expect(await carried(world)).to.deep.equal([world.ben]);
    await deactivated(world, 'out');
    await deactivated(world, 'in');
    await carried(world);
    expect((await hearingOf(world, world.ben))?.state).to.equal('told');
  });

  it('is told of a notice that comes after they are back already', async () => {
    await toldNow(world, world.ben);
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    const waiting = world.delivered.splice(0);
    await world.does(world.ada, 'add_member', { who: 'ben' });
    await carried(world);
    world.delivered.push(...waiting);
    expect(await carried(world)).to.deep.equal([world.ben]);
    await toldNow(world, world.ben);
    expect(await carried(world), 'once').to.deep.equal([]);
  });
});

describe('an item that was put off and is settled meanwhile', () => {
  it('is looked at once, not for ever', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    const [item] = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who: ben, state: 'open' } });
    await world.does(ben, 'snooze_item', { item: item?.id });
    await carried(world);
    await world.does(ben, 'complete_task', { task: '#1' });
    const read = makeReader(world.store);
    const { due } = await putOffItems.look(read, world.clock.now + 7 * 86_400_000);
    expect(due).to.have.length(1);
    for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
    expect((await putOffItems.look(read, world.clock.now + 7 * 86_400_000)).due).to.deep.equal([]);
  });
});
