// Tasks fall due in the morning of whoever does them, once, and once more when the day has passed.
import { expect } from 'chai';
import { makePoll } from '../../../src/due/poll.ts';
import { makeReader } from '../../../src/log/read.ts';
import { makeLogger } from '../../../src/logger.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { ROOTS } from '../../../src/pods/conversations/root.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { dueTasks } from '../../../src/pods/tasks/due.ts';
import { dueMoments } from '../../../src/pods/tasks/due-moments.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type Json, type World } from '../build.ts';

const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

describe('the moments at which a task falls due', () => {
  it('are the morning of the day where its assignee lives, and of the next working day', () => {
    const of = (due: string, zone: string) => dueMoments(due, zone).map(({ at }) => iso(at));
    expect(of('2026-12-03', 'UTC')).to.deep.equal(['2026-12-03T09:00', '2026-12-04T09:00']);
    expect(of('2026-12-04', 'Europe/Berlin')).to.deep.equal(['2026-12-04T08:00', '2026-12-07T08:00']);
    expect(of('2026-12-04', 'America/Los_Angeles')).to.deep.equal(['2026-12-04T17:00', '2026-12-07T17:00']);
  });

  it('keep the hour on the wall over a change of the clocks', () => {
    const [due, overdue] = dueMoments('2026-03-27', 'Europe/Berlin').map(({ at }) => iso(at));
    expect([due, overdue]).to.deep.equal(['2026-03-27T08:00', '2026-03-30T07:00']);
  });
});

describe('a task with a due day', () => {
  let world: World;
  let look: () => Promise<void>;
  beforeEach(async () => {
    world = await aWorld();
    const read = makeReader(world.store);
    const logger = makeLogger(() => undefined, Date.now);
    look = () =>
      makePoll({ things: [dueTasks], act: world.act, read, clock: () => world.clock.now, logger })(
        new AbortController().signal,
      );
  });

  const at = (time: string) => {
    world.clock.now = Date.parse(`${time}Z`);
  };
  const made = async (input: object, by = world.ada): Promise<string> =>
    (await world.does<Json>(by, 'create_task', { title: 'Pay the printer', ...input })).task.id;
  const fired = async () =>
    (await world.commits()).flatMap(({ changes }) =>
      changes.flatMap((change) => (change.type === 'task_fell_due' ? [(change as Json).stage] : [])),
    );
  const lines = async (task: string) => {
    const { lines: all = [] } = (await world.doc(TASKS, task)) ?? {};
    const docs = await Promise.all(all.map(({ message }) => world.doc(MESSAGES, message)));
    return Promise.all(
      docs.map(async (doc) => (await makeReader(world.store).texts([doc?.body])).get(doc?.body ?? '')),
    );
  };
  const wakes = () => world.delivered.splice(0).filter(({ kind }) => kind === 'wake').length;

  it('falls due once, and overdue once, however many processes look', async () => {
    const task = await made({ due: '2026-12-04', assignee: 'scribe' });
    wakes();
    at('2026-12-04T08:59');
    await look();
    expect(await fired()).to.deep.equal([]);
    at('2026-12-04T09:00');
    await Promise.all([look(), look(), look()]);
    expect(wakes()).to.equal(1);
    at('2026-12-05T12:00');
    await look();
    expect(await fired()).to.deep.equal(['due']);
    at('2026-12-07T09:00');
    await Promise.all([look(), look()]);
    at('2026-12-20T09:00');
    await look();
    expect(await fired()).to.deep.equal(['due', 'overdue']);
    expect(wakes()).to.equal(1);
    expect((await lines(task)).slice(1)).to.deep.equal([
      '#1 “Pay the printer” is due today. It is with @scribe.',
      '#1 “Pay the printer” was due on Fri 4 Dec and is not done. It is with @scribe.',
    ]);
  });

  it('works for whoever gave it, and goes on with what they began', async () => {
    const task = await made({ due: '2026-12-04', assignee: 'scribe' });
    const given = (await world.commits()).length;
    at('2026-12-04T10:00');
    await look();
    const line = (await world.doc(TASKS, task))?.lines?.at(-1);
    expect(await world.doc(MESSAGES, line?.message ?? '')).to.deep.include({ by: 'skein', onBehalfOf: world.ada });
    expect(await world.doc(ROOTS, `${world.pod}:${given}`)).to.include({ wakes: 1 });
  });

  it('fires once for all that was missed while Skein was down', async () => {
    await made({ due: '2026-12-04', assignee: 'scribe' });
    wakes();
    at('2026-12-30T09:00');
    await look();
    await look();
    expect(await fired()).to.deep.equal(['overdue']);
    expect(wakes()).to.equal(1);
  });

  it('is armed anew by another day, and not at all without one', async () => {
    const task = await made({ due: '2026-12-04', assignee: 'ben' });
    await world.does(world.ada, 'update_task', { task, due: '2026-12-08' });
    at('2026-12-05T09:00');
    await look();
    expect(await fired()).to.deep.equal([]);
    at('2026-12-08T09:30');
    await look();
    expect(await fired()).to.deep.equal(['due']);
    await world.does(world.ada, 'update_task', { task, due: '2026-12-15' });
    at('2026-12-15T09:30');
    await look();
    expect(await fired()).to.deep.equal(['due', 'due']);
    await world.does(world.ada, 'update_task', { task, due: null });
    at('2027-01-15T09:30');
    await look();
    expect(await fired()).to.deep.equal(['due', 'due']);
  });

  it('falls due no more once it is done, and again if it is opened before', async () => {
    const task = await made({ due: '2026-12-04', assignee: 'ben' });
    await world.does(world.ben, 'complete_task', { task });
    expect((await world.doc(TASKS, task))?.dueAt).to.equal(undefined);
    await world.does(world.ada, 'reopen_task', { task });
    expect(iso((await world.doc(TASKS, task))?.dueAt ?? 0)).to.equal('2026-12-04T09:00');
    await world.does(world.ben, 'complete_task', { task });
    at('2026-12-04T09:00');
    await look();
    expect(await fired()).to.deep.equal([]);
  });

  it('asks the person who has it, or whoever made it where nobody has, until it is done', async () => {
    const his = await made({ due: '2026-12-04', assignee: 'ben' });
    const nobodys = await made({ due: '2026-12-04' });
    at('2026-12-04T09:00');
    await look();
    const itemOf = (who: World['ada'], id: string) => world.doc(NEEDS, needId(world.pod, who, { on: 'tasks', id }));
    expect(await itemOf(world.ben, his)).to.include({ reason: 'due', state: 'open', by: 'skein' });
    expect(await itemOf(world.ada, nobodys)).to.include({ reason: 'due', state: 'open' });
    at('2026-12-07T09:00');
    await look();
    expect(await itemOf(world.ben, his)).to.include({ reason: 'overdue', state: 'open' });
    await world.does(world.ben, 'complete_task', { task: his });
    await world.does(world.ben, 'complete_task', { task: nobodys });
    expect(await itemOf(world.ben, his)).to.include({ state: 'settled' });
    expect(await itemOf(world.ada, nobodys)).to.include({ state: 'settled' });
  });

  it('is no reason to speak in an archived pod, nor in the way of others', async () => {
    await made({ due: '2026-12-04', assignee: 'scribe' });
    await world.does(world.ada, 'archive_pod', {});
    wakes();
    at('2026-12-04T09:00');
    await look();
    expect(wakes()).to.equal(0);
    expect(await makeReader(world.store).find(TASKS, { where: { dueAt: { lte: world.clock.now } } })).to.deep.equal([]);
  });
});
