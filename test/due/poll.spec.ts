// One look at the clock: an act fires once for its moment, a failure delays no other act, and a look costs one read.
import { expect } from 'chai';
import { DUE } from '../../src/due/list.ts';
import { makePoll, type PollDeps } from '../../src/due/poll.ts';
import { InvalidInput } from '../../src/errors.ts';
import type { Reader } from '../../src/log/action.ts';
import { makeReader } from '../../src/log/read.ts';
import type { Fields } from '../../src/logger.ts';
import { type Due, dueKey, type Firing } from '../../src/pods/due.ts';
import { NOTES } from '../../src/pods/notes/note.ts';
import { recordingLogger } from '../logs.ts';
import { aWorld, START, type World } from '../pods/build.ts';

const HOUR_MS = 3_600_000;

describe('a look at the clock', () => {
  let world: World;
  let logged: [level: string, phrase: string, fields: Fields][];
  let looks: string[];
  beforeEach(async () => {
    world = await aWorld();
    [logged, looks] = [[], []];
    const { act } = world;
    // Only people and agents may write notes; who may is no matter of these tests.
    world.act = (request) => act(request.actor === 'skein' ? { ...request, actor: world.ada } : request);
  });

  function aPoll(things: readonly Due[], more: Partial<PollDeps> = {}): () => Promise<void> {
    const { act, store, clock } = world;
    const deps = { act, read: makeReader(store), clock: () => clock.now, logger: recordingLogger(logged) };
    const poll = makePoll({ things, ...deps, ...more });
    return () => poll(new AbortController().signal);
  }
  const noted = async () => (await makeReader(world.store).find(NOTES, { where: { pod: world.pod } })).length;
  /** A thing that writes a note into the pod at each of its moments. */
  const note = (name: string, dueAt: number): Firing => {
    const input = { learning: name };
    return { pod: world.pod, action: 'record_learning', input, key: dueKey({ id: name, seq: 1 }, dueAt) };
  };
  const hourly = (name: string, more: Partial<Due> = {}): Due => ({
    name,
    async look(_read, now) {
      looks.push(name);
      const last = now - ((now - START) % HOUR_MS);
      return { due: last > START ? [note(name, last)] : [], next: last + HOUR_MS };
    },
    ...more,
  });

  it('fires what is due once for its moment, whoever looks and however often; what was missed is one', async () => {
    const polls = [aPoll([hourly('tea')]), aPoll([hourly('tea')]), aPoll([hourly('tea')])];
    for (const poll of polls) await poll();
    expect(await noted()).to.equal(0);
    world.clock.now = START + 5 * HOUR_MS + 1000;
    await Promise.all(polls.flatMap((poll) => [poll(), poll()]));
    expect(await noted()).to.equal(1);
    world.clock.now += HOUR_MS;
    for (const poll of polls) await poll();
    expect(await noted()).to.equal(2);
  });

  it('looks at a thing again when its time has come, when its pod has changed, and when the clock was set back', async () => {
    const poll = aPoll([hourly('tea'), hourly('org', { pod: 'org' })]);
    for (let n = 0; n < 3; n++) await poll();
    expect(looks.splice(0)).to.deep.equal(['tea', 'org']);
    await world.does(world.ada, 'set_digest', { time: '10:00' });
    await poll();
    expect(looks.splice(0)).to.deep.equal(['org']);
    world.clock.now = START - 1;
    await poll();
    expect(looks.splice(0)).to.deep.equal(['tea', 'org']);
    world.clock.now = START + HOUR_MS;
    await poll();
    expect(looks.splice(0)).to.deep.equal(['tea', 'org']);
  });

  it('goes on where one thing can’t be found and one can’t be fired, says both, and tries them again', async () => {
    let broken = true;
    const act: World['act'] = (request) =>
      broken && request.key.startsWith('due:bad') ? Promise.reject(new Error('no disk')) : world.act(request);
    const lost = hourly('lost', {
      async look(read, now) {
        if (broken) throw new Error('away');
        return hourly('lost').look(read, now);
      },
    });
    const poll = aPoll([lost, hourly('bad'), hourly('good')], { act });
    world.clock.now = START + HOUR_MS;
    await poll();
    expect(await noted()).to.equal(1);
    expect(logged.map(([level, phrase, { what, failed }]) => [level, phrase, what, failed])).to.deep.equal([
      ['error', 'due acts not found', 'lost', undefined],
      ['error', 'due acts failed', 'bad', 1],
      ['info', 'due acts done', 'good', undefined],
    ]);
    broken = false;
    await poll();
    expect(await noted()).to.equal(3);
  });

  it('takes a refusal for a thing that is not due any more, but not one of what was asked', async () => {
    const asking = (input: object): Due => ({
      name: 'a held mail',
      look: async () => ({
        due: [{ pod: world.pod, action: 'expire_mail', input, key: dueKey({ id: 'm', seq: 1 }, world.clock.now) }],
        next: Number.POSITIVE_INFINITY,
      }),
    });
    await aPoll([asking({ mail: 'm_gone' })])();
    expect(logged).to.deep.equal([]);
    await aPoll([asking({ post: 'm_gone' })])();
    expect(logged.map(([level, phrase]) => [level, phrase])).to.deep.equal([['warn', 'due acts failed']]);
    expect(logged[0]?.[2].reason).to.contain('expire_mail').and.not.contain(InvalidInput.name);
  });

  it('takes in more than one look finds, and ends where none of it can be done', async () => {
    let left = 5;
    const many: Due = {
      name: 'many',
      async look(_read, now) {
        looks.push('many');
        const due = Array.from({ length: Math.min(2, left) }, (_, n) => note(`many ${left - n}`, now));
        left -= due.length;
        return { due, next: left ? now : now + HOUR_MS };
      },
    };
    await aPoll([many])();
    expect([await noted(), looks.length]).to.deep.equal([5, 3]);
    left = 5;
    await aPoll([many])();
    expect(looks, 'all of them were done').to.have.length(4);
  });

  it('costs two reads where nothing is due and nothing has changed, for all that is on the list', async () => {
    const read = makeReader(world.store);
    const asked: string[] = [];
    const counted = Object.fromEntries(
      Object.entries(read).map(([name, ask]) => [
        name,
        (...given: never[]) => {
          asked.push(name);
          return (ask as (...all: never[]) => unknown)(...given);
        },
      ]),
    ) as unknown as Reader;
    const poll = aPoll(DUE, { read: counted });
    await poll();
    asked.length = 0;
    world.clock.now += 30_000;
    await poll();
    // The head of the organisation, whose digests may change, and by an index whether anybody is to be told.
    expect(asked).to.deep.equal(['head', 'find']);
  });
});
