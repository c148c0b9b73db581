// Somebody is away: they are left alone, and their deputy hears what needs them.
import { expect } from 'chai';
import { z } from 'zod';
import { makeAct } from '../../../src/log/act.ts';
import { makeReader } from '../../../src/log/read.ts';
import { action } from '../../../src/pods/action.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { meaningWith } from '../../../src/pods/decide.ts';
import type { Change } from '../../../src/pods/kinds.ts';
import { NEEDS, type NeedDoc, needId } from '../../../src/pods/needs/need.ts';
import { digests } from '../../../src/pods/subscriptions/due.ts';
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

  it('is not told by a live mention: their deputy hears of it, and what the deputy writes there settles it', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil, pod } = world;
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    const { conversation } = await does(ada, 'start_conversation', { title: 'Rye', text: 'Let us begin.' });
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '2.000100', thread: '1.000100' } as const;
    const mentioned = [{ name: 'ben', who: ben }];
    const said = { conversation: conversation.id, text: '@ben which flour?' };
    await does(ada, 'post_message', said, { origin: { ...origin, mentioned } });
    const { id: need, live } = await onlyItem(world);
    expect(live).to.equal(undefined);
    const told = await toldBy(world, [ben, gil], Date.UTC(2026, 10, 3));
    expect(told.map(({ notice }) => [notice.person, notice.items])).to.deep.equal([[gil, [{ need, pod, for: ben }]]]);
    await does(gil, 'post_message', { conversation: conversation.id, text: 'The dark one.' });
    expect(await world.doc(NEEDS, need)).to.include({ state: 'settled', settledBy: gil });
    expect((await world.doc(CONVERSATIONS, conversation.id))?.standIns).to.equal(undefined);
    expect(await toldBy(world, [ben, gil], END)).to.deep.equal([]);
  });

  it('is called anew where their deputy names them in the word that answers for them', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil } = world;
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    const { conversation } = await does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    const { id: need } = await onlyItem(world);
    await toldBy(world, [ben, gil], Date.UTC(2026, 10, 3));
    await does(gil, 'post_message', { conversation: conversation.id, text: 'The dark one. @ben look once more.' });
    expect(await world.doc(NEEDS, need)).to.include({ state: 'open', by: gil });
  });

  it('hears when they are back what a live mention asked of them, and their deputy no more', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil, pod } = world;
    const { conversation } = await does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    const { id: need, message } = await onlyItem(world);
    await does(ben, 'set_away', { until: '2026-11-02T10:00', deputy: 'gil' });
    const claim = { pod: ben, actor: 'skein', via: 'skein', action: 'claim_tell' } as const;
    const { result } = await world.act({ ...claim, input: { need, message }, key: 'c1' });
    expect(result, 'the message names them, and tells nobody').to.deep.equal({ claimed: false, late: false });
    await carried(world);
    const dueAt = world.clock.now;
    await world.act({ pod: ben, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt }, key: 't1' });
    await carried(world);
    // They are back before their deputy was told.
    await does(ben, 'set_away', { back: true });
    const told = await toldBy(world, [ben, gil], END);
    expect(told.map(({ notice }) => [notice.person, notice.items])).to.deep.equal([[ben, [{ need, pod }]]]);
    await does(gil, 'post_message', { conversation: conversation.id, text: 'The dark one.' });
    expect(await world.doc(NEEDS, need), 'they are no deputy any more').to.include({ state: 'open' });
  });

  it('has what waits for them in the list of their deputy, who puts it off or does it with rights of their own', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil, zoe } = world;
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    const { id: item } = await onlyItem(world);
    const waiting = async (who: World['ada']) => (await does(who, 'list_waiting')).waiting;
    expect(await waiting(gil)).to.deep.equal([]);
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'zoe' });
    expect(await waiting(zoe), 'she is not in the pod').to.deep.equal([]);
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    expect((await waiting(gil))[0]).to.include({ item, for: 'Ben Okafor', task: '#1', title: 'Order boxes' });
    expect((await waiting(ben))[0]).not.to.have.property('for');
    await does(gil, 'snooze_item', { item, until: '2026-11-04' });
    const told = await toldBy(world, [ben, gil], Date.UTC(2026, 10, 3, 23));
    expect(told, 'put off before it was told').to.deep.equal([]);
    expect((await waiting(gil))[0]).to.have.property('put_off_until');
    expect((await waiting(ben))[0], 'for themselves alone').not.to.have.property('put_off_until');
    expect((await refusal(does(gil, 'complete_task', { task: '#1' }))).message).to.contain('guest');
    await does(ada, 'change_role', { who: 'gil', role: 'member' });
    await does(gil, 'complete_task', { task: '#1' });
    expect(await waiting(gil)).to.deep.equal([]);
    await does(ben, 'set_away', { back: true });
    const error = await refusal(does(gil, 'snooze_item', { item }));
    expect(error.message).to.contain('There is no such item of theirs');
  });

  it('gets no digest while they are away, and one for all of it when they are back', async () => {
    const world = await aWorld();
    const { does, ada, ben, act, clock } = world;
    await does(ben, 'set_away', { until: '2026-11-09' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    const due = async () => {
      const { due: all } = await digests.look(makeReader(world.store), clock.now);
      return all.filter(({ input }) => (input as { person: string }).person === ben);
    };
    clock.now = Date.UTC(2026, 10, 5, 9, 1);
    expect(await due()).to.deep.equal([]);
    const closing = { pod: 'org', actor: 'skein', via: 'skein', action: 'close_digest', key: 'd1' } as const;
    expect((await refusal(act({ ...closing, input: { person: ben, day: '2026-11-05' } }))).message).to.contain('away');
    clock.now = Date.UTC(2026, 10, 9, 3, 0);
    expect(await due(), 'not at night').to.deep.equal([]);
    clock.now = Date.UTC(2026, 10, 9, 9, 1);
    const [one] = await due();
    expect(one?.input).to.include({ day: '2026-11-09' });
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
