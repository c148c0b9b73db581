// A task that repeats: at most one that is not done, once on each of its days, and its owner is asked when it stands still.
import { expect } from 'chai';
import { gate } from '../../../../src/agents/gate/gate.ts';
import { makePoll } from '../../../../src/due/poll.ts';
import { Conflict, InvalidInput } from '../../../../src/errors.ts';
import { makeAct } from '../../../../src/log/act.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { makeLogger } from '../../../../src/logger.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { meaningWith } from '../../../../src/pods/decide.ts';
import { NEEDS, type NeedDoc, needId, REPEATING } from '../../../../src/pods/needs/need.ts';
import { dueRepeats } from '../../../../src/pods/tasks/repeats/due.ts';
import { REPEATS, type RepeatDoc } from '../../../../src/pods/tasks/repeats/repeat.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type Json, refusal, type World } from '../../build.ts';

const at = (time: string) => Date.parse(`${time}Z`);

describe('a task that repeats', () => {
  let world: World;
  /** A look at the clock, by a process whose clock is ahead by so many milliseconds. */
  let look: (ahead?: number) => Promise<void>;
  beforeEach(async () => {
    world = await aWorld();
    const read = makeReader(world.store);
    const logger = makeLogger(() => undefined, Date.now);
    look = (ahead = 0) =>
      makePoll({ things: [dueRepeats], ...process(ahead), read, logger })(new AbortController().signal);
    const process = (ahead: number) => {
      const clock = () => world.clock.now + ahead;
      return { clock, act: ahead ? makeAct({ ...meaningWith(gate), ...world.fold, clock }) : world.act };
    };
  });

  const goTo = (time: string) => {
    world.clock.now = at(time);
  };
  const comes = async (time: string) => {
    goTo(time);
    await look();
  };
  const made = async (input: object = {}, by = world.ada): Promise<Json> =>
    (await world.does<Json>(by, 'create_task', { title: 'Weekly report', assignee: 'ben', ...input })).task;
  const repeats = async (input: object = {}, by = world.ada): Promise<Json> =>
    (await world.does<Json>(by, 'repeat_task', { task: '1', every: 'Monday', zone: 'Europe/Berlin', ...input })).repeat;
  const tasks = (): Promise<TaskDoc[]> =>
    makeReader(world.store).find(TASKS, { where: { pod: world.pod }, sort: [['number', 'asc']] });
  const repeat = async (): Promise<RepeatDoc | undefined> =>
    (await makeReader(world.store).find(REPEATS, { where: { pod: world.pod } }))[0];
  const text = async (ref: string | undefined) => (await makeReader(world.store).texts([ref])).get(ref ?? '');
  const titles = async () =>
    Promise.all((await tasks()).map(async (one) => `#${one.number} ${await text(one.titleRef)}`));
  const linesOf = async (task: TaskDoc | undefined) =>
    Promise.all((task?.lines ?? []).map(async ({ message }) => text((await world.doc(MESSAGES, message))?.body)));
  const item = (who: NeedDoc['who'], on: string, id: string) => world.doc(NEEDS, needId(world.pod, who, { on, id }));
  const itemOf = async (n: number) => item(world.ben, TASKS.name, (await tasks())[n]?.id ?? '');
  const done = (number: number) => world.does(world.ben, 'complete_task', { task: `${number}` });

  it('says when it comes next, by the clock of whoever set it', async () => {
    await made();
    expect(await repeats({ every: 'every Monday at 9:00', zone: undefined })).to.deep.equal({
      task: 1,
      state: 'on',
      every: 'every Monday at 09:00 (UTC)',
      next: '2026-11-09T09:00Z',
      day: '2026-11-09',
    });
  });

  it('is listed until it ends, also while its last task is done', async () => {
    await made();
    await repeats();
    await done(1);
    expect((await world.does<Json>(world.gil, 'list_repeats')).repeats).to.deep.equal([
      {
        ...{ task: '#1', title: 'Weekly report', every: 'every Monday at 09:00 (Europe/Berlin)', state: 'on' },
        ...{ next: '2026-11-09T08:00Z', assignee: 'Ben Okafor', set_by: 'Ada Lindqvist' },
      },
    ]);
    await repeats({ every: null, zone: undefined });
    expect((await world.does<Json>(world.gil, 'list_repeats')).repeats).to.deep.equal([]);
  });

  it('comes again as a task of its own, like the last, for whoever had it', async () => {
    await made({ text: 'With numbers' });
    await repeats({ due_in: 2 });
    await done(1);
    await comes('2026-11-09T08:00');
    const [, next] = await tasks();
    expect(await titles()).to.deep.equal(['#1 Weekly report', '#2 Weekly report']);
    expect(next).to.deep.include({ state: 'open', assignee: world.ben, due: '2026-11-11', givenBy: world.ada });
    expect(await text(next?.body)).to.equal('With numbers');
    expect(await itemOf(1)).to.deep.include({ state: 'open', reason: 'repeated' });
  });

  it('sets an agent to work, for whoever set the repeat', async () => {
    await made({ assignee: 'scribe' });
    await repeats();
    await world.does(world.ada, 'complete_task', { task: '1' });
    world.delivered.length = 0;
    await comes('2026-11-09T08:00');
    const [, next] = await tasks();
    expect(await linesOf(next)).to.deep.equal(['#2 “Weekly report” comes again. It is with @scribe.']);
    expect(await world.doc(MESSAGES, next?.lines?.[0]?.message ?? '')).to.deep.include({
      by: 'skein',
      onBehalfOf: world.ada,
    });
    expect(world.delivered.filter(({ kind }) => kind === 'wake')).to.have.length(1);
  });

  it('does not come before its time, and once for as many processes as look', async () => {
    await made();
    await repeats();
    await done(1);
    await comes('2026-11-09T07:59');
    expect(await tasks()).to.have.length(1);
    goTo('2026-11-09T08:00');
    await Promise.all([look(), look(), look()]);
    await look();
    expect(await tasks()).to.have.length(2);
  });

  it('joins the day to the task that is still open: one line and one open item, and no second task', async () => {
    const { id } = await made({
      conversation: (await world.does(world.ada, 'start_conversation', { title: 'Reports', text: 'Ben?' })).conversation
        .id,
    });
    await repeats();
    const before = await item(world.ben, TASKS.name, id);
    await comes('2026-11-09T08:00');
    await look();
    expect(await tasks()).to.have.length(1);
    const [task] = await tasks();
    expect(await linesOf(task)).to.deep.equal([
      '#1 “Weekly report” comes again today, and is not done yet. It is with Ben Okafor.',
    ]);
    const now = await item(world.ben, TASKS.name, id);
    expect(now).to.deep.include({ state: 'open', reason: 'repeated', count: 2 });
    expect(now?.round).to.be.greaterThan(before?.round ?? 0);
  });

  it('joins the day for an agent by one line and one wake', async () => {
    await made({ assignee: 'scribe' });
    await repeats();
    world.delivered.length = 0;
    await comes('2026-11-09T08:00');
    expect((await linesOf((await tasks())[0])).slice(1)).to.deep.equal([
      '#1 “Weekly report” comes again today, and is not done yet. It is with @scribe.',
    ]);
    expect(world.delivered.filter(({ kind }) => kind === 'wake')).to.have.length(1);
  });

  describe('and stands still for three of its days', () => {
    let id: string;
    beforeEach(async () => {
      ({ id } = await made());
      await repeats();
      for (const day of ['09', '16', '23']) await comes(`2026-11-${day}T08:00`);
    });
    const asked = () => item(world.ada, REPEATING, id);

    it('asks its owner whether it goes on, and says no more until then', async () => {
      expect(await asked()).to.deep.include({ state: 'open', reason: 'goes_on' });
      expect(await repeat()).to.include({ state: 'asked', joined: 3 });
      const before = await item(world.ben, TASKS.name, id);
      await comes('2026-11-30T08:00');
      await comes('2026-12-07T08:00');
      expect((await item(world.ben, TASKS.name, id))?.round).to.equal(before?.round);
      expect((await asked())?.count).to.equal(1);
      expect(await tasks()).to.have.length(1);
    });

    it('goes on when they say so', async () => {
      await world.does(world.ada, 'repeat_task', { task: '1', go_on: true });
      expect((await asked())?.state).to.equal('settled');
      await done(1);
      await comes('2026-11-30T08:00');
      expect(await titles()).to.have.length(2);
    });

    it('ends when they say so', async () => {
      await world.does(world.ada, 'repeat_task', { task: '1', every: null });
      expect((await asked())?.state).to.equal('settled');
      await done(1);
      await comes('2026-12-07T08:00');
      expect(await titles()).to.have.length(1);
    });

    it('comes again by itself once the task is done, and asks no more', async () => {
      await done(1);
      await comes('2026-11-30T08:00');
      expect(await titles()).to.have.length(2);
      expect((await asked())?.state).to.equal('withdrawn');
      expect(await repeat()).to.include({ state: 'on', joined: 0, number: 2 });
    });
  });

  it('counts only days in a row: a task that is done begins anew', async () => {
    await made();
    await repeats();
    await comes('2026-11-09T08:00');
    await comes('2026-11-16T08:00');
    await done(1);
    await comes('2026-11-23T08:00');
    await comes('2026-11-30T08:00');
    expect(await repeat()).to.include({ state: 'on', joined: 1, number: 2 });
  });

  it('fires once for a week in which Skein was down, for the newest day', async () => {
    await made();
    await repeats({ every: 'day', due_in: 0 });
    await done(1);
    await comes('2026-11-12T15:00');
    await look();
    expect((await tasks()).map(({ number, due }) => [number, due])).to.deep.equal([
      [1, undefined],
      [2, '2026-11-12'],
    ]);
    expect((await repeat())?.dueAt).to.equal(at('2026-11-13T08:00'));
  });

  for (const [night, zone, time, days] of [
    ['the hour is skipped', 'Europe/Berlin', '02:30', ['2027-03-27T01:30', '2027-03-28T01:00', '2027-03-29T00:30']],
    ['the hour comes twice', 'Europe/Berlin', '02:30', ['2027-10-30T00:30', '2027-10-31T00:30', '2027-11-01T01:30']],
    ['the hour is skipped', 'America/New_York', '02:30', ['2027-03-13T07:30', '2027-03-14T07:00', '2027-03-15T06:30']],
    ['the hour comes twice', 'America/New_York', '01:30', ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30']],
  ] as const)
    it(`comes once a day where ${night} in ${zone}, with three processes whose clocks are two minutes apart`, async () => {
      const first = days[0] ?? '';
      goTo(new Date(at(first) - 60 * 60_000).toISOString().slice(0, 16));
      await made();
      await repeats({ every: 'day', at: time, zone });
      await done(1);
      const instants: string[] = [];
      for (let now = at(first) - 30 * 60_000; now < at(days[2] ?? '') + 3 * 60 * 60_000; now += 60_000) {
        world.clock.now = now;
        const before = (await tasks()).length;
        // One is two minutes behind, one ahead; they look in turn.
        await look(-120_000);
        await look(120_000);
        await look();
        const all = await tasks();
        if (all.length > before) {
          expect(all.length, 'one at a time').to.equal(before + 1);
          instants.push(new Date(now + 120_000).toISOString().slice(0, 16));
          await world.does(world.ben, 'complete_task', { task: `${all.at(-1)?.number}` });
        }
      }
      expect(instants).to.deep.equal(days);
    }).timeout(120_000);

  it('takes another day, hour and due day, and keeps what is not given', async () => {
    await made();
    await repeats({ at: '10:30', due_in: 1 });
    expect(await repeats({ every: 'Friday', zone: undefined })).to.include({
      every: 'every Friday at 10:30 (Europe/Berlin)',
    });
    expect(await repeats({ every: undefined, zone: undefined, at: '08:00' })).to.include({
      every: 'every Friday at 08:00 (Europe/Berlin)',
    });
    expect(await repeat()).to.include({ due: 1 });
    await repeats({ every: undefined, zone: undefined, due_in: null });
    expect((await repeat())?.due).to.equal(undefined);
  });

  it('is one repeat, whichever of its tasks is named', async () => {
    await made();
    await repeats();
    await done(1);
    await comes('2026-11-09T08:00');
    await repeats({ task: '1', every: 'Friday' });
    await repeats({ task: '2', every: null });
    expect(await makeReader(world.store).find(REPEATS, { where: {} })).to.have.length(1);
    expect(await repeat()).to.include({ state: 'ended', number: 2 });
  });

  it('gives each task to whoever had it when it was set, also if this one was passed on', async () => {
    await made();
    await repeats();
    await world.does(world.ada, 'assign_task', { task: '1', assignee: 'scribe' });
    await world.does(world.ada, 'complete_task', { task: '1' });
    await comes('2026-11-09T08:00');
    expect((await tasks())[1]).to.include({ assignee: world.ben });
  });

  it('is given to nobody when its assignee has left, and its owner hears of that', async () => {
    await made();
    await repeats();
    await done(1);
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    await comes('2026-11-09T08:00');
    const [, next] = await tasks();
    expect(next?.assignee).to.equal(undefined);
    expect(await item(world.ada, TASKS.name, next?.id ?? '')).to.deep.include({ state: 'open', left: world.ben });
  });

  it('asks the owners when whoever set it has left, and makes nothing in their name', async () => {
    await made({ assignee: 'ada' }, world.ben);
    await repeats({}, world.ben);
    await world.does(world.ada, 'complete_task', { task: '1' });
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    await comes('2026-11-09T08:00');
    await comes('2026-11-16T08:00');
    expect(await tasks()).to.have.length(1);
    const id = (await tasks())[0]?.id ?? '';
    expect(await item('owners', REPEATING, id)).to.deep.include({ state: 'open', count: 1 });
    await world.does(world.ada, 'repeat_task', { task: '1', go_on: true });
    expect((await item('owners', REPEATING, id))?.state).to.equal('settled');
    await comes('2026-11-23T08:00');
    expect((await tasks())[1]).to.include({ givenBy: world.ada });
  });

  it('ends when its newest task was erased, and is quiet while the pod is archived', async () => {
    const { id } = await made();
    await repeats();
    await world.does(world.ada, 'archive_pod', {});
    await comes('2026-11-09T08:00');
    expect(await repeat()).to.include({ state: 'on', joined: 0 });
    await world.does(world.ada, 'archive_pod', { restore: true });
    await world.does(world.ada, 'redact', { what: id, reason: 'private' });
    await comes('2026-11-16T08:00');
    await comes('2026-11-23T08:00');
    expect((await repeat())?.state).to.equal('ended');
    expect(await tasks()).to.have.length(1);
  });

  it('keeps the label of words from outside', async () => {
    const origin = {
      kind: 'email',
      messageId: '<1@x.example>',
      raw: 'a'.repeat(64),
      outside: 'Pay at evil.example',
    } as const;
    const about = { title: 'Pay this', text: '', outsideTitle: true, sources: ['s'] };
    await world.does(world.ada, 'take_mail', about, { origin });
    await repeats();
    await world.does(world.ada, 'complete_task', { task: '1' });
    await comes('2026-11-09T08:00');
    const [first, next] = await tasks();
    expect(first?.labels?.titleRef).to.not.equal(undefined);
    expect(next?.labels).to.deep.equal(first?.labels);
  });

  for (const [what, input, error, words] of [
    [
      'words that are no days',
      { every: 'full moon' },
      InvalidInput,
      '“full moon” does not say on which days. Write, for example: day, working day,',
    ],
    [
      'no days',
      { every: undefined, zone: undefined },
      InvalidInput,
      'Say by `every` when it comes again, such as: day,',
    ],
    [
      'a zone that is none',
      { zone: 'Berlin' },
      InvalidInput,
      '“Berlin” is no time zone. Write one such as Europe/Berlin',
    ],
    ['two hours', { every: 'day at 9:00', at: '10:00' }, InvalidInput, 'Give one of them.'],
    [
      'an end without a repeat',
      { every: null, zone: undefined },
      Conflict,
      '#1 does not repeat, so there is nothing to end.',
    ],
    [
      'a yes that nobody asked for',
      { every: undefined, zone: undefined, go_on: true },
      Conflict,
      '#1 does not repeat. Say by `every`',
    ],
  ] as const)
    it(`is refused with ${what}`, async () => {
      await made();
      const refused = await refusal(repeats(input));
      expect(refused).to.be.instanceOf(error);
      expect(refused.message).to.include(words);
    });

  it('is not set by a guest', async () => {
    await made();
    expect((await refusal(repeats({}, world.gil))).message).to.match(/guest|member/i);
  });
});
