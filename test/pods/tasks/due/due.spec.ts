// Tasks fall due when the hours of whoever does them begin, once, and once more when the day has passed.
import { expect } from 'chai';
import { makePoll } from '../../../../src/due/poll.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { makeLogger } from '../../../../src/logger.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { ROOTS } from '../../../../src/pods/conversations/root.ts';
import { NEEDS, needId } from '../../../../src/pods/needs/need.ts';
import type { OwnHours } from '../../../../src/pods/preferences/preference.ts';
import { ARM_KEY } from '../../../../src/pods/tasks/due/arm-due.ts';
import { dueTasks } from '../../../../src/pods/tasks/due/due.ts';
import { dueMoments } from '../../../../src/pods/tasks/due/due-moments.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { DEFAULT_HOURS } from '../../../../src/pods/telling/hours.ts';
import { aWorld, type Json, type World } from '../../build.ts';
import { carried } from '../../preferences/build.ts';

const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

describe('the moments at which a task falls due', () => {
  const of = (due: string, timeZone: string, own: Partial<OwnHours> = {}) =>
    dueMoments(due, { ...DEFAULT_HOURS, timeZone, ...own }).map(({ at }) => iso(at));

  it('are the beginning of the assignee’s hours on the day, in their zone, and on the next working day', () => {
    expect(of('2026-12-03', 'UTC')).to.deep.equal(['2026-12-03T08:00', '2026-12-04T08:00']);
    const nine = { from: '09:00' };
    expect(of('2026-12-04', 'Europe/Berlin', nine)).to.deep.equal(['2026-12-04T08:00', '2026-12-07T08:00']);
    expect(of('2026-12-04', 'America/Los_Angeles', nine)).to.deep.equal(['2026-12-04T17:00', '2026-12-07T17:00']);
  });

  it('follow the days that somebody works', () => {
    expect(of('2026-12-04', 'UTC', { days: [1, 3, 6] })).to.deep.equal(['2026-12-04T08:00', '2026-12-05T08:00']);
    expect(of('2026-12-07', 'UTC', { from: '22:00', until: '06:00', days: [1] })).to.deep.equal([
      '2026-12-07T22:00',
      '2026-12-14T22:00',
    ]);
  });

  it('keep the hour on the wall over a change of the clocks', () => {
    const [due, overdue] = of('2026-03-27', 'Europe/Berlin', { from: '09:00' });
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
    at('2026-12-04T07:59');
    await look();
    expect(await fired()).to.deep.equal([]);
    at('2026-12-04T08:00');
    await Promise.all([look(), look(), look()]);
    expect(wakes()).to.equal(1);
    at('2026-12-05T12:00');
    await look();
    expect(await fired()).to.deep.equal(['due']);
    at('2026-12-07T08:00');
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
    expect(iso((await world.doc(TASKS, task))?.dueAt ?? 0)).to.equal('2026-12-04T08:00');
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

  it('falls due by the hours that its assignee has set', async () => {
    const { does, ben } = world;
    await does(ben, 'set_hours', { from: '11:00', days: ['Tue', 'Fri', 'Sat'], time_zone: 'America/New_York' });
    const his = await made({ due: '2026-12-04', assignee: 'ben' });
    expect(iso((await world.doc(TASKS, his))?.dueAt ?? 0)).to.equal('2026-12-04T16:00');
    at('2026-12-04T16:00');
    await look();
    expect(iso((await world.doc(TASKS, his))?.dueAt ?? 0), 'his next working day').to.equal('2026-12-05T16:00');
    await does(world.ada, 'assign_task', { task: his, assignee: 'gil' });
    expect(iso((await world.doc(TASKS, his))?.dueAt ?? 0), 'Gil has the usual hours').to.equal('2026-12-07T08:00');
  });

  it('of Skein 0.1.0 is armed once, at the first start, by its assignee’s hours', async () => {
    const { does, ben, ada, store } = world;
    await does(ben, 'set_hours', { from: '11:00' });
    const ids = [
      await made({ due: '2026-12-04', assignee: 'ben' }),
      await made({ due: '2026-12-04' }),
      await made({ due: '2026-10-01', assignee: 'ben' }),
      await made({ assignee: 'ben' }),
      await made({ due: '2026-12-04', assignee: 'ben' }),
    ];
    await does(ada, 'complete_task', { task: ids[4] });
    const tasks = store.collection<TaskDoc>(TASKS.name);
    for (const id of ids) {
      const { dueAt: _dueAt, ...old } = (await tasks.get(id)) as TaskDoc;
      await tasks.replace(old, old.rev);
    }
    const start = async () => {
      const arm = {
        pod: 'org',
        actor: 'skein',
        via: 'skein',
        action: 'arm_due_days',
        input: {},
        key: ARM_KEY,
      } as const;
      const { repeated } = await world.act(arm);
      await carried(world);
      return repeated;
    };
    expect(await start()).to.equal(false);
    const armed = await Promise.all(ids.map(async (id) => (await world.doc(TASKS, id))?.dueAt));
    expect(armed.map((one) => one && iso(one))).to.deep.equal([
      '2026-12-04T11:00',
      '2026-12-04T08:00',
      undefined,
      undefined,
      undefined,
    ]);
    expect(await does(ada, 'pod_history', { limit: 3 }).then(JSON.stringify)).not.to.contain('updated');
    const before = (await world.commits()).length;
    expect(await start(), 'the next start looks up one key').to.equal(true);
    expect(await world.commits()).to.have.length(before);
    at('2026-12-04T11:00');
    await look();
    expect(await fired()).to.deep.equal(['due', 'due']);
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
