// Somebody is away: they are left alone, and their deputy hears what needs them.
import { expect } from 'chai';
import { z } from 'zod';
import { makeAct } from '../../../src/log/act.ts';
import { action } from '../../../src/pods/action.ts';
import { meaningWith } from '../../../src/pods/decide.ts';
import type { Change } from '../../../src/pods/kinds.ts';
import { NEEDS, type NeedDoc, needId } from '../../../src/pods/needs/need.ts';
import { HEARINGS, hearingId } from '../../../src/pods/telling/hearing.ts';
import { aWorld, refusal, type World } from '../build.ts';
import { carried, dueAt, toldBy } from './build.ts';

async function onlyItem({ store, ben }: World): Promise<NeedDoc> {
  const [item] = await store.collection<NeedDoc>(NEEDS.name).find({ where: { who: ben, state: 'open' } });
  if (!item) throw new Error('There is no open item.');
  return item;
}

describe('set_away', () => {
  it('says until when, by their own clock, and who stands in', async () => {
    const { does, ben } = await aWorld();
    await does(ben, 'set_hours', { time_zone: 'Europe/Berlin' });
    const { away } = await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    expect(away).to.deep.include({ person: ben, says: 'until Mon 9 Nov 2026' });
    expect(away.deputy.name).to.equal('Gil Torres');
    const half = await does(ben, 'set_away', { until: '2026-11-09T13:00' });
    expect(half.away.says).to.equal('until Mon 9 Nov 2026, 13:00');
    expect((await does(ben, 'set_away')).away.says).to.equal('until they are back');
    expect((await does(ben, 'set_away', { back: true })).away).to.deep.equal({ person: ben, back: true });
  });

  it('refuses a day that is over, an agent as deputy, and coming back twice', async () => {
    const { does, ben } = await aWorld();
    const refused = async (input: object) => (await refusal(does(ben, 'set_away', input))).message;
    expect(await refused({ until: '2026-10-01' })).to.contain('“2026-10-01” is over, or is no day');
    expect(await refused({ until: '2027-02-30' })).to.contain('is no day');
    expect(await refused({ deputy: 'pilot' })).to.equal('Pilot is an agent. A deputy is a person.');
    expect(await refused({ deputy: 'ben' })).to.contain('can’t be your own deputy');
    expect(await refused({ back: true })).to.contain('You are not away');
  });
});

describe('somebody away', () => {
  const END = Date.UTC(2026, 10, 30);

  it('is not told; their deputy is, for whom, once; and they hear what is left when they are back', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil } = world;
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    const { id: need } = await onlyItem(world);
    const told = await toldBy(world, [ben, gil], END);
    expect(told.map(({ notice }) => [notice.person, notice.items])).to.deep.equal([
      [gil, [{ need, pod: world.pod, for: ben }]],
      [ben, [{ need, pod: world.pod }]],
    ]);
    expect(told[0]?.at).to.be.below(Date.UTC(2026, 10, 2, 10));
    expect(told[1]?.at, 'their first hour after it').to.equal(Date.UTC(2026, 10, 9, 8, 0));
  });

  it('hears nothing of what was settled meanwhile', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil } = world;
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    expect(await toldBy(world, [ben, gil], Date.UTC(2026, 10, 8))).to.have.length(1);
    await does(gil, 'read_pod');
    await does(ada, 'complete_task', { task: '#1' });
    expect(await toldBy(world, [ben, gil], END)).to.deep.equal([]);
  });

  it('passes on also what waited before they went, and nothing that their deputy may not read', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil, zoe } = world;
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await carried(world);
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'zoe' });
    expect(await toldBy(world, [ben, gil, zoe], Date.UTC(2026, 10, 8)), 'Zoe is not in the pod').to.deep.equal([]);
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    const told = await toldBy(world, [ben, gil, zoe], Date.UTC(2026, 10, 8, 23));
    expect(told.map(({ notice }) => notice.person)).to.deep.equal([gil]);
  });

  it('whose deputy is away too, or who has none, is told when they are back', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil } = world;
    await does(gil, 'set_away', { deputy: 'ben' });
    await does(ben, 'set_away', { deputy: 'gil' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    expect(await toldBy(world, [ben, gil], END)).to.deep.equal([]);
    expect(await dueAt(world, ben)).to.equal(undefined);
    await does(ben, 'set_away', { back: true });
    const told = await toldBy(world, [ben, gil], END);
    expect(told.map(({ notice }) => notice.person)).to.deep.equal([ben]);
  });

  it('is said to be so to whoever asks, with until when and who stands in', async () => {
    const { does, ada, ben } = await aWorld();
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    const task = await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    expect(task.away).to.deep.equal(['Ben Okafor is away until Mon 9 Nov 2026. Gil Torres stands in for them.']);
    const { away } = await does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour? @gil too' });
    expect(away).to.deep.equal(['Ben Okafor is away until Mon 9 Nov 2026. Gil Torres stands in for them.']);
    await does(ben, 'set_away', {});
    const more = await does(ada, 'create_task', { title: 'Weigh', assignee: 'ben' });
    expect(more.away).to.deep.equal(['Ben Okafor is away until they are back, and hears of it then.']);
    await does(ben, 'set_away', { back: true });
    expect(await does(ada, 'create_task', { title: 'Seal', assignee: 'ben' })).not.to.have.property('away');
  });
});

/** An action of this test alone, which changes an item as a kind would. */
async function changed({ fold, clock, pod }: World, id: string, change: object): Promise<void> {
  const probe = action({
    ...{ name: 'probe', title: 'Probe', description: 'Changes an item.', effect: 'write' },
    input: z.looseObject({}),
    load: async () => ({}),
    decide: () => ({ changes: [{ v: 1, on: 'needs', id, ...change } as Change], result: {} }),
  });
  const meaning = meaningWith(async () => undefined);
  const act = makeAct({ ...meaning, actions: new Map([['probe', probe]]), ...fold, clock: () => clock.now });
  await act({ pod, actor: 'skein', via: 'skein', action: 'probe', input: {}, key: JSON.stringify([id, change]) });
}

describe('what is for the owners', () => {
  const unwoken = { who: 'owners', reason: 'unwoken', about: { on: 'conversations', id: 'c' } } as const;

  it('is one item that each of them hears of, and nobody after the first has settled it', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil, pod, act } = world;
    await does(ada, 'change_role', { who: 'ben', role: 'owner' });
    const need = needId(world.pod, 'owners', unwoken.about);
    await changed(world, need, { type: 'need_opened', ...unwoken });
    await act({ pod, actor: 'skein', via: 'skein', action: 'hear_owners', input: { need }, key: 'o1' });
    await carried(world);
    expect(await dueAt(world, gil)).to.equal(undefined);
    const [first] = await toldBy(world, [ada], Date.UTC(2026, 10, 3));
    expect(first?.notice.items).to.deep.equal([{ need, pod }]);
    await changed(world, need, { type: 'need_settled' });
    expect(await toldBy(world, [ben], Date.UTC(2026, 10, 5))).to.deep.equal([]);
    expect((await world.doc(HEARINGS, hearingId(ben, need)))?.state).to.equal('dropped');
  });

  it('is not told to whoever owns the pod no more', async () => {
    const world = await aWorld();
    const { does, ada, ben, pod, act } = world;
    await does(ada, 'change_role', { who: 'ben', role: 'owner' });
    const need = needId(world.pod, 'owners', unwoken.about);
    await changed(world, need, { type: 'need_opened', ...unwoken });
    await act({ pod, actor: 'skein', via: 'skein', action: 'hear_owners', input: { need }, key: 'o1' });
    await carried(world);
    await does(ada, 'change_role', { who: 'ben', role: 'member' });
    expect(await toldBy(world, [ben], Date.UTC(2026, 10, 5))).to.deep.equal([]);
  });
});
