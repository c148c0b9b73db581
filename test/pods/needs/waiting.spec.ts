// One list of all that waits for a person, the most urgent first.
import { expect } from 'chai';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { byUrgency, type Urgent } from '../../../src/pods/needs/waiting/urgency.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, refusal, type World } from '../build.ts';

interface Listed {
  waiting: {
    why: string;
    from?: string;
    task?: string;
    with?: string;
    title?: string;
    text?: string;
    due?: string;
    is?: string;
    pod: { name: string };
  }[];
  more?: string;
}

const listed = ({ does }: World, who: World['ada'], input = {}, more = {}): Promise<Listed> =>
  does(who, 'list_waiting', input, more);
const shortly = ({ waiting }: Listed) => waiting.map(({ why, task, text }) => [why, task ?? text].join(' '));

describe('the list of what waits', () => {
  it('puts questions first, then what is overdue and due, then who was named, then tasks by their day', () => {
    const today = '2026-11-02';
    const rows: Urgent[] = [
      { reason: 'assigned', at: 1, until: 9 },
      { reason: 'mails', at: 1 },
      { reason: 'assigned', at: 2 },
      { reason: 'assigned', at: 2, due: '2026-11-09' },
      { reason: 'rescheduled', at: 3, due: '2026-11-05' },
      { reason: 'named', at: 2 },
      { reason: 'named', at: 1 },
      { reason: 'assigned', at: 1, due: today },
      { reason: 'assigned', at: 5, due: '2026-10-30' },
      { reason: 'asked', at: 7 },
      { reason: 'asked', at: 8, neededBy: 100 },
    ];
    expect([...rows].sort(byUrgency(today))).to.deep.equal([...rows].reverse());
  });

  it('names who gave a task, not whoever acted last on it or on what it waits for', async () => {
    const world = await aWorld();
    const { ada, ben, zoe, does } = world;
    await does(ada, 'add_member', { who: 'zoe' });
    await does(ada, 'create_task', { title: 'Weigh', assignee: 'zoe' });
    await does(ada, 'create_task', { title: 'Print', assignee: 'zoe', depends_on: ['#1'] });
    const from = async () =>
      Object.fromEntries((await listed(world, zoe)).waiting.map(({ task, why, from: who }) => [task, [why, who]]));
    await does(ben, 'drop_task', { task: '#1', reason: 'no scales' });
    expect(await from()).to.deep.include({ '#2': ['stuck', 'Ada Lindqvist'] });
    await does(ben, 'reopen_task', { task: '#1' });
    expect(await from()).to.deep.include({ '#1': ['reopened', 'Ada Lindqvist'] });
    await does(ben, 'complete_task', { task: '#1' });
    expect(await from()).to.deep.equal({ '#2': ['unblocked', 'Ada Lindqvist'] });
    await does(ben, 'create_task', { title: 'Own', assignee: 'ben' });
    await does(ada, 'complete_task', { task: '#3' });
    await does(ada, 'reopen_task', { task: '#3' });
    expect((await listed(world, ben)).waiting.find(({ task }) => task === '#3')).not.to.have.property('from');
  });

  it('holds tasks and mentions of all one’s pods, and nothing of pods that are archived or left', async () => {
    const world = await aWorld();
    const { ada, ben, does } = world;
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-20' });
    await does(ada, 'create_task', { title: 'Weigh', assignee: 'ben', due: '2026-10-30' });
    await does(ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    for (const [pod, name] of [
      ['p_old', 'Old'],
      ['p_left', 'Left'],
      ['p_other', 'Other'],
    ] as const) {
      await does(ada, 'create_pod', { name, members: ['ben'] }, { pod });
      await does(ada, 'create_task', { title: `Task of ${name}`, assignee: 'ben' }, { pod });
    }
    await does(ada, 'archive_pod', {}, { pod: 'p_old' });
    await does(ada, 'remove_member', { who: 'ben' }, { pod: 'p_left' });
    const found = await listed(world, ben);
    expect(shortly(found)).to.deep.equal(['assigned #2', 'named @ben which flour?', 'assigned #1', 'assigned #1']);
    expect(found.waiting[0]).to.include({ title: 'Weigh', due: '2026-10-30', is: 'overdue' });
    expect(found.waiting.at(-1)?.pod.name).to.equal('Other');
    // Ada owns the pod that Ben has left, and has what waited for him there.
    const hers = await listed(world, ada);
    expect(hers.waiting).to.have.length(1);
    expect(hers.waiting[0]).to.include({ title: 'Task of Left', left: 'Ben Okafor', task: '#1' });
  });

  it('holds tasks that have no item: given to oneself, or before there were any', async () => {
    const world = await aWorld();
    const { ada, ben, does, store } = world;
    await does(ben, 'create_task', { title: 'Mine', assignee: 'ben' });
    await does(ada, 'create_task', { title: 'Earlier', assignee: 'ben' });
    const items = store.collection<NeedDoc>(NEEDS.name);
    for (const { id } of await items.find({ where: { who: ben } })) await items.delete(id);
    expect(shortly(await listed(world, ben))).to.deep.equal(['assigned #1', 'assigned #2']);
    await does(ben, 'complete_task', { task: '#1' });
    expect(shortly(await listed(world, ben))).to.deep.equal(['assigned #2']);
  });

  it('says who has a task that is not the reader’s', async () => {
    const world = await aWorld();
    const { ada, ben, does, doc } = world;
    await does(ada, 'create_task', { title: 'Pack', assignee: 'ben' });
    const { task } = await does(ada, 'create_task', { title: 'Bake', due: '2026-12-04' });
    const { dueAt } = (await doc(TASKS, task.id)) ?? {};
    world.clock.now = Date.parse('2026-12-04T12:00Z');
    await does('skein', 'fall_due', { task: task.id, dueAt });
    const who = async (reader: World['ada']) =>
      (await listed(world, reader)).waiting.map(({ task: number, with: holder }) => [number, holder]);
    expect(await who(ada)).to.deep.equal([['#2', 'nobody']]);
    expect(await who(ben)).to.deep.equal([['#1', undefined]]);
    await does(ada, 'remove_member', { who: 'ben' });
    expect(await who(ada)).to.deep.include(['#1', 'Ben Okafor']);
  });

  it('is cut with the number of the rest', async () => {
    const world = await aWorld();
    for (let n = 0; n < 4; n++) await world.does(world.ada, 'create_task', { title: `T${n}`, assignee: 'ben' });
    expect(await listed(world, world.ben, { limit: 3 })).to.include({ more: '1 more' });
  });

  it('shows owners the mails that wait for them, and nobody else', async () => {
    const world = await aWorld();
    const mail = { from: 'Eve <eve@evil.example>', subject: 'Pay', excerpt: 'Now', reason: 'Not proved.', raw: 'a' };
    await world.does('skein', 'hold_mail', mail);
    const { waiting } = await listed(world, world.ada);
    expect(waiting).to.have.length(1);
    expect(waiting[0]).to.include({ why: 'mails', mails: 1 });
    expect((await listed(world, world.ben)).waiting).to.deep.equal([]);
  });

  it('is one person’s own: an agent lists what is of its pod, and refuses for several', async () => {
    const world = await aWorld();
    const { ada, ben, scribe, does } = world;
    await does(ada, 'create_pod', { name: 'Other', members: ['ben'] }, { pod: 'p_other' });
    await does(ada, 'create_task', { title: 'Secret', assignee: 'ben' }, { pod: 'p_other' });
    await does(ada, 'create_task', { title: 'Open', assignee: 'ben' });
    const through = { onBehalfOf: ben };
    expect((await listed(world, scribe as never, {}, through)).waiting.map(({ title }) => title)).to.deep.equal([
      'Open',
    ]);
    const both = listed(world, scribe as never, {}, { ...through, heard: [ada] });
    expect((await refusal(both)).message).to.contain('one person’s own');
  });
});
