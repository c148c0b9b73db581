// Open items: raised by what is done, one for a person and a subject, and settled by what they do.
import { expect } from 'chai';
import type { NeededOf } from '../../../src/log/needs/need.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { NEEDS, type NeedDoc, needId } from '../../../src/pods/needs/need.ts';
import { PEOPLE } from '../../../src/pods/people/person.ts';
import { dueTasks } from '../../../src/pods/tasks/due/due.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { tellings } from '../../../src/pods/telling/due.ts';
import { HEARINGS, hearingId } from '../../../src/pods/telling/hearing.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aWorld, type Json, type World } from '../build.ts';
import { toldBy } from '../preferences/build.ts';

/** Open items of a person, the oldest first. */
async function openOf({ store }: World, who: NeededOf): Promise<NeedDoc[]> {
  const where = { who, state: 'open' } as const;
  return store.collection<NeedDoc>(NEEDS.name).find({ where, sort: [['at', 'asc']] });
}

/** Carries the acts that were delivered, as the outbox does. */
async function carried(world: World): Promise<void> {
  for (const one of world.delivered.splice(0))
    if (one.kind === 'act') {
      const { in: pod, actor, action, input, key } = one;
      await world.act({ pod, actor, via: 'skein', action, input, key });
    }
}

async function toldAt(world: World, person: PersonId, now = Number.POSITIVE_INFINITY) {
  const dueAt = (await world.doc(TELLINGS, person))?.dueAt;
  if (dueAt === undefined || dueAt > now) return undefined;
  world.clock.now = Math.max(dueAt, world.clock.now);
  const done = await world.act({
    ...{ pod: person, actor: 'skein', via: 'skein', action: 'tell' },
    ...{ input: { dueAt }, key: `due:${person}:${dueAt}` },
  });
  return done.commit?.deliveries.map(({ kind }) => kind);
}

describe('open items', () => {
  it('are raised for the person who is given a task, and settled when it is done or given away', async () => {
    const world = await aWorld();
    const { ada, ben, gil } = world;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-06' });
    expect(await openOf(world, ben)).to.have.length(1);
    expect((await openOf(world, ben))[0]).to.include({ reason: 'assigned', due: '2026-11-06', by: ada, count: 1 });
    await world.does(ada, 'assign_task', { task: '#1', assignee: 'gil' });
    expect(await openOf(world, ben)).to.deep.equal([]);
    expect((await openOf(world, gil)).map(({ reason }) => reason)).to.deep.equal(['assigned']);
    await world.does(ada, 'complete_task', { task: '#1' });
    expect(await openOf(world, gil)).to.deep.equal([]);
    await world.does(ada, 'reopen_task', { task: '#1' });
    await world.does(ada, 'update_task', { task: '#1', due: '2026-11-09' });
    const [again] = await openOf(world, gil);
    expect(again, 'one item, raised twice').to.include({ reason: 'rescheduled', due: '2026-11-09', count: 2 });
  });

  it('are never raised by one’s own act, nor by what an agent does for one', async () => {
    const world = await aWorld();
    const { ada, scribe } = world;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ada' });
    await world.does(scribe, 'create_task', { title: 'Weigh', assignee: 'ada' }, { onBehalfOf: ada });
    expect(await openOf(world, ada)).to.deep.equal([]);
  });

  it('are raised for whoever is named, and settled by their next message there', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    const { conversation } = await world.does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    const [item] = await openOf(world, ben);
    expect(item).to.include({ reason: 'named', conversation: conversation.id });
    await world.does(ada, 'post_message', { conversation: conversation.id, text: '@ben and how much?' });
    expect((await openOf(world, ben)).map(({ count }) => count)).to.deep.equal([2]);
    await world.does(ben, 'post_message', { conversation: conversation.id, text: 'The dark one.' });
    expect(await openOf(world, ben)).to.deep.equal([]);
    expect(await world.doc(NEEDS, item?.id ?? '')).to.include({ state: 'settled', settledBy: ben });
  });

  it('are withdrawn when the mention is edited away, unless a later message names them', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    const begun = await world.does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    await world.does(ada, 'edit_message', { message: begun.message.id, text: 'Which flour?' });
    expect(await openOf(world, ben)).to.deep.equal([]);
    await world.does(ada, 'edit_message', { message: begun.message.id, text: '@ben which flour?' });
    await world.does(ada, 'post_message', { conversation: begun.conversation.id, text: '@ben please' });
    await world.does(ada, 'edit_message', { message: begun.message.id, text: 'Which flour?' });
    expect(await openOf(world, ben)).to.have.length(1);
  });

  it('are heard of once a round, together, in the person’s hours', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    // Monday 09:00 UTC.
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await world.does(ada, 'create_task', { title: 'Weigh', assignee: 'ben' });
    const delivered = [...world.delivered];
    await carried(world);
    world.delivered.push(...delivered);
    await carried(world);
    expect(await toldAt(world, ben)).to.deep.equal(['notice']);
    const notices = world.delivered.filter(({ kind }) => kind === 'notice');
    expect(notices.map((one) => one.kind === 'notice' && one.items.length)).to.deep.equal([2]);
    expect(await toldAt(world, ben), 'nothing more is due').to.equal(undefined);
    // At night it waits for the morning.
    world.clock.now = Date.UTC(2026, 10, 2, 23, 0);
    await world.does(ada, 'reopen_task', { task: '#1' }).catch(() => undefined);
    await world.does(ada, 'update_task', { task: '#1', due: '2026-11-09' });
    await carried(world);
    expect((await world.doc(TELLINGS, ben))?.dueAt).to.equal(Date.UTC(2026, 10, 3, 8, 0));
  });

  it('by mail that come some minutes apart are one mail, ten minutes after the first; by Slack, two', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    const { person } = await world.does(ada, 'invite_person', { email: 'maja@x.example', name: 'Maja Brandt' });
    await world.does(ada, 'add_member', { who: 'Maja Brandt' });
    const told: [string, number, string, number][] = [];
    const gives = async (name: string, title: string) => {
      await world.does(ada, 'create_task', { title, assignee: name });
    };
    const later = async (minutes: number) => {
      const then = world.clock.now + minutes * 60_000;
      told.push(...(await toldBy(world, [ben, person.id], then)).map(shown));
      world.clock.now = then;
    };
    const since = world.clock.now;
    const shown = ({ at, notice }: Awaited<ReturnType<typeof toldBy>>[number]): [string, number, string, number] => [
      notice.person === ben ? 'Ben' : 'Maja',
      Math.round((at - since) / 60_000),
      notice.through,
      notice.items.length,
    ];
    await gives('Maja Brandt', 'Bake');
    await gives('ben', 'Weigh');
    await later(4);
    await gives('Maja Brandt', 'Order');
    await later(3);
    await gives('ben', 'Pack');
    await later(60);
    expect(told).to.deep.equal([
      ['Ben', 4, 'slack', 1],
      ['Maja', 12, 'email', 2],
      ['Ben', 13, 'slack', 1],
    ]);
  });

  it('are not told while their pod is archived, and are when it is restored, but not twice', async () => {
    const world = await aWorld();
    const { ada, ben, gil } = world;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await world.does(ada, 'create_task', { title: 'Weigh', assignee: 'gil' });
    await carried(world);
    expect(await toldAt(world, gil)).to.deep.equal(['notice']);
    await world.does(ada, 'archive_pod');
    expect(await toldAt(world, ben)).to.deep.equal([]);
    await world.does(ada, 'archive_pod', { restore: true });
    await carried(world);
    expect(await toldAt(world, ben)).to.deep.equal(['notice']);
    expect(await toldAt(world, gil), 'he was told before').to.equal(undefined);
  });

  it('are told to nobody again, when they come back, where a live mention has told them', async () => {
    const world = await aWorld();
    const { ada, gil } = world;
    const { conversation } = await world.does(ada, 'start_conversation', { title: 'Rye', text: 'Let us begin.' });
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '2.000100', thread: '1.000100' } as const;
    const mentioned = [{ name: 'gil', who: gil }];
    const said = { conversation: conversation.id, text: '@gil which flour?' };
    await world.does(ada, 'post_message', said, { origin: { ...origin, mentioned } });
    expect((await openOf(world, gil)).map(({ live }) => live)).to.deep.equal([true]);
    await world.does(ada, 'remove_member', { who: 'gil' });
    await world.does(ada, 'add_member', { who: 'gil', role: 'guest' });
    await carried(world);
    expect(await toldAt(world, gil)).to.equal(undefined);
  });

  it('are not told once they are settled, or once the person has left the pod', async () => {
    const world = await aWorld();
    const { ada, ben, gil } = world;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await world.does(ada, 'create_task', { title: 'Weigh', assignee: 'gil' });
    await carried(world);
    await world.does(ada, 'complete_task', { task: '#1' });
    await world.does(ada, 'remove_member', { who: 'gil' });
    expect(await toldAt(world, ben)).to.deep.equal([]);
    expect(await toldAt(world, gil)).to.deep.equal([]);
    expect(await openOf(world, gil)).to.deep.equal([]);
    const weigh = (await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod, number: 2 } }))[0];
    const item = needId(world.pod, gil, { on: 'tasks', id: weigh?.id ?? '' });
    expect((await world.doc(HEARINGS, hearingId(gil, item)))?.state).to.equal('dropped');
  });

  it('pass to the owners at once when their person leaves, and are settled by what is done about them', async () => {
    const world = await aWorld();
    const { does, ada, ben, pilot } = world;
    await does(ada, 'change_role', { who: 'gil', role: 'owner' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-20' });
    await does(ada, 'create_task', { title: 'Weigh', assignee: 'ben' });
    const { conversation } = await does(pilot, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    const before = (await openOf(world, ben)).length;
    expect(before).to.equal(3);
    const { toOwners } = await does(ada, 'remove_member', { who: 'ben' });
    expect(toOwners).to.equal(3);
    expect(await openOf(world, ben), 'in the same commit').to.deep.equal([]);
    const owners = async () =>
      (await openOf(world, 'owners')).map(({ reason, left, due }) => [reason, left, ...(due ? [due] : [])]);
    expect(await owners()).to.deep.equal([
      ['assigned', ben, '2026-11-20'],
      ['assigned', ben],
      ['named', ben],
    ]);
    // First to the owners, then to each of them.
    for (const _ of [1, 2]) await carried(world);
    expect(await toldAt(world, world.gil), 'an owner is told').to.deep.equal(['notice']);
    const { waiting } = await does(world.gil, 'list_waiting');
    expect(waiting.map(({ task, from, left }: Json) => [task ?? from, left])).to.deep.equal([
      ['Pilot', 'Ben Okafor'],
      ['#1', 'Ben Okafor'],
      ['#2', 'Ben Okafor'],
    ]);
    await does(ada, 'assign_task', { task: '#1', assignee: 'gil' });
    await does(ada, 'complete_task', { task: '#2' });
    await does(ada, 'post_message', { conversation: conversation.id, text: 'The dark one.' });
    expect(await owners()).to.deep.equal([]);
  });

  it('of somebody who has left fall due for the owners, and come back with them', async () => {
    const world = await aWorld();
    const { does, ada, ben } = world;
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-20' });
    await does(ada, 'remove_member', { who: 'ben' });
    world.clock.now = Date.UTC(2026, 10, 20, 8, 0);
    const { due } = await dueTasks.look(makeReader(world.store), world.clock.now);
    for (const firing of due) await world.act({ ...firing, actor: 'skein', via: 'skein' });
    expect((await openOf(world, 'owners')).map(({ reason, left }) => [reason, left])).to.deep.equal([['due', ben]]);
    await does(ada, 'add_member', { who: 'ben' });
    expect(await openOf(world, 'owners')).to.deep.equal([]);
    expect((await openOf(world, ben)).map(({ reason }) => reason)).to.deep.equal(['due']);
  });

  it('pass on however many there are, fifty in a commit', async () => {
    const world = await aWorld();
    const { does, ada, ben } = world;
    for (let n = 0; n < 53; n++) await does(ada, 'create_task', { title: `T${n}`, assignee: 'ben' });
    await does(ada, 'remove_member', { who: 'ben' });
    expect(await openOf(world, ben)).to.have.length(3);
    await carried(world);
    expect(await openOf(world, ben)).to.deep.equal([]);
    expect(await openOf(world, 'owners')).to.have.length(53);
  });

  it('are told at most four times a day, and the rest waits for the digest', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    const told: unknown[] = [];
    for (let n = 1; n <= 6; n++) {
      await world.does(ada, 'create_task', { title: `Box ${n}`, assignee: 'ben' });
      await carried(world);
      told.push(await toldAt(world, ben));
    }
    expect(told).to.deep.equal([['notice'], ['notice'], ['notice'], ['notice'], [], []]);
    // The next day’s first message takes along what waited.
    world.clock.now = Date.UTC(2026, 10, 3, 9, 0);
    await world.does(ada, 'create_task', { title: 'Box 7', assignee: 'ben' });
    await carried(world);
    world.delivered.length = 0;
    await toldAt(world, ben);
    const [notice] = world.delivered.filter(({ kind }) => kind === 'notice');
    expect(notice?.kind === 'notice' && notice.items.length).to.equal(3);
  });

  it('are claimed by the message that names them, so that no notice repeats it', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    const { message } = await world.does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    const [item] = await openOf(world, ben);
    const claim = { pod: ben, actor: 'skein', via: 'skein', action: 'claim_tell' } as const;
    const input = { need: item?.id, message: message.id };
    expect((await world.act({ ...claim, input, key: 'c1' })).result).to.deep.equal({ claimed: true, late: false });
    await carried(world);
    expect(await toldAt(world, ben)).to.equal(undefined);
    expect((await world.act({ ...claim, input, key: 'c2' })).result).to.deep.equal({ claimed: false, late: true });
  });

  it('are told also when a clock that was set back comes to the same time once more', async () => {
    const world = await aWorld();
    const { ada, clock, ben } = world;
    const told: unknown[] = [];
    for (const title of ['Order boxes', 'Weigh']) {
      // Tuesday, before the hours begin.
      clock.now = Date.UTC(2026, 10, 3, 7, 50);
      await world.does(ada, 'create_task', { title, assignee: 'ben' });
      await carried(world);
      clock.now = Date.UTC(2026, 10, 3, 8, 0, 1);
      const { due } = await tellings.look(makeReader(world.store), clock.now);
      for (const firing of due) told.push((await world.act({ ...firing, actor: 'skein', via: 'skein' })).result);
    }
    expect(told).to.deep.equal([{ told: 1 }, { told: 1 }]);
    expect(await openOf(world, ben)).to.have.length(2);
  });

  it('wait for the next hours when they fell due while nothing ran', async () => {
    const world = await aWorld();
    const { ada, ben, clock } = world;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await carried(world);
    clock.now = Date.UTC(2026, 10, 2, 23, 0);
    expect(await toldAt(world, ben), 'not at eleven at night').to.deep.equal([]);
    expect((await world.doc(TELLINGS, ben))?.dueAt).to.equal(Date.UTC(2026, 10, 3, 8, 0));
    expect(await toldAt(world, ben)).to.deep.equal(['notice']);
  });

  it('are heard of again by somebody who left before they were told, and is back', async () => {
    const world = await aWorld();
    const { ada, gil } = world;
    await world.does(ada, 'create_task', { title: 'Weigh', assignee: 'gil' });
    await carried(world);
    await world.does(ada, 'remove_member', { who: 'gil' });
    expect(await toldAt(world, gil)).to.deep.equal([]);
    await world.does(ada, 'add_member', { who: 'gil', role: 'guest' });
    await carried(world);
    expect(await toldAt(world, gil)).to.deep.equal(['notice']);
  });

  it('of the owners are heard of by an owner who was out of the organisation, and is back', async () => {
    const world = await aWorld();
    const { ada, ben } = world;
    const account = (await world.doc(PEOPLE, ben))?.accounts[0];
    const is = (state: string) =>
      world.does('skein', 'register_person', { account, name: 'Ben Okafor', handle: 'ben', role: 'member', state });
    await world.does(ada, 'change_role', { who: 'ben', role: 'owner' });
    await world.does(ada, 'create_task', { title: 'Weigh', assignee: 'gil' });
    await is('out');
    await world.does(ada, 'remove_member', { who: 'gil' });
    await carried(world);
    await carried(world);
    expect(await toldAt(world, ben)).to.deep.equal([]);
    await is('in');
    await carried(world);
    expect(await toldAt(world, ben)).to.deep.equal(['notice']);
  });
});
