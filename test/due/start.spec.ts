import { expect } from 'chai';
import { DUE } from '../../src/due/list.ts';
import { makePoll, type PollDeps } from '../../src/due/poll.ts';
import { startTimers, type Timers, type TimersOptions } from '../../src/due/start.ts';
import type { ActRequest } from '../../src/log/act.ts';
import { makeReader } from '../../src/log/read.ts';
import { aWorld, START, type World } from '../pods/build.ts';

/** An interval of an hour, so that each look in a test comes from a poke. */
const NEVER = 3_600_000;
const DAY_MS = 86_400_000;

describe('the timers', () => {
  let world: World;
  let lines: string[];
  let asked: ActRequest[];
  let running: Timers[];
  beforeEach(async () => {
    world = await aWorld();
    [lines, asked, running] = [[], [], []];
  });
  afterEach(async () => {
    for (const timers of running) await timers.stop();
  });

  async function begin(more: Partial<PollDeps & Pick<TimersOptions, 'wakeUp'>> = {}): Promise<Timers> {
    const say = (phrase: string) => void lines.push(phrase);
    const act: World['act'] = (request) => {
      asked.push(request);
      return world.act(request);
    };
    const logger = { info: say, warn: say, error: say };
    const { wakeUp, ...over } = more;
    const deps = { act, read: makeReader(world.store), clock: () => world.clock.now, logger };
    const look = makePoll({ things: DUE, ...deps, ...over });
    const timers = await startTimers([look], { logger, everyMs: NEVER, ...(wakeUp ? { wakeUp } : {}) });
    running.push(timers);
    return timers;
  }
  const digests = () => world.delivered.flatMap((one) => (one.kind === 'digest' ? [`${one.person} ${one.day}`] : []));
  async function until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + 60_000; !holds(); await new Promise((done) => setImmediate(done)))
      if (Date.now() > end) throw new Error(`not in time; closed: ${digests().join(', ')}`);
  }
  /** The expected digests of all people in the pod, who live in UTC. */
  const everybody = (day: string) => [world.ada, world.ben, world.gil].map((person) => `${person} ${day}`);

  it('close every digest that is due when the clock passes its time, once, whoever else looks too', async () => {
    const all = [await begin(), await begin(), await begin()];
    world.clock.now = START + DAY_MS - 120_000;
    for (const timers of all) timers.poke();
    await world.does(world.ben, 'create_task', { title: 'News' });
    expect(digests()).to.deep.equal([]);
    world.clock.now = START + DAY_MS;
    for (const timers of all) timers.poke();
    await until(() => digests().length >= 3);
    for (const timers of running.splice(0)) await timers.stop();
    expect(digests()).to.have.members(everybody('2026-11-03'));
  });

  it('look at once when asked to, and say when it is done, also amid another look', async () => {
    const timers = await begin();
    world.clock.now = START + DAY_MS - 120_000;
    await world.does(world.ben, 'create_task', { title: 'News' });
    await timers.look();
    expect(digests()).to.deep.equal([]);
    timers.poke();
    world.clock.now = START + DAY_MS;
    await timers.look();
    expect(digests()).to.have.members(everybody('2026-11-03'));
  });

  it('close the digests of the others where one can’t be closed', async () => {
    let broken: string | undefined;
    const act: World['act'] = (request) => {
      const { person } = request.input as { person: string };
      broken ??= person;
      return person === broken ? Promise.reject(new Error('a bug')) : world.act(request);
    };
    const timers = await begin({ act });
    world.clock.now = START + DAY_MS - 120_000;
    await world.does(world.ben, 'create_task', { title: 'News' });
    world.clock.now = START + DAY_MS;
    timers.poke();
    await until(() => digests().length >= 2 && lines.includes('due acts failed'));
    expect(digests()).to.have.members(everybody('2026-11-03').filter((one) => !one.startsWith(broken ?? '')));
  });

  it('catch up with one digest for all the days they were down', async () => {
    world.clock.now = START + 5 * DAY_MS - 60_000;
    await world.does(world.ben, 'create_task', { title: 'News' });
    await begin();
    await until(() => digests().length >= 3);
    expect(digests()).to.have.members(everybody('2026-11-07'));
  });

  it('read the people again only when something was set, or somebody is due', async () => {
    const read = makeReader(world.store);
    let scans = 0;
    const counting = {
      ...read,
      find: ((view, query) => {
        if (view.name === 'people') scans++;
        return read.find(view, query);
      }) as typeof read.find,
    };
    const timers = await begin({ read: counting });
    await until(() => scans === 1);
    for (let look = 0; look < 5; look++) {
      world.clock.now += 60_000;
      timers.poke();
      await new Promise((done) => setImmediate(done));
    }
    expect(scans).to.equal(1);
    const at = new Date(world.clock.now + 120_000).toISOString().slice(11, 16);
    await world.does(world.ada, 'set_digest', { time: at });
    timers.poke();
    await until(() => scans === 2);
    await world.does(world.ben, 'create_task', { title: 'News' });
    world.clock.now += 180_000;
    timers.poke();
    await until(() => digests().length === 1);
  });

  it('leave alone who paused, who left and who is nowhere to be reached', async () => {
    await world.does(world.ada, 'set_digest', { state: 'paused' });
    await world.does('skein', 'register_person', { account: 'slack:T1:ben', name: 'Ben', handle: 'ben', state: 'out' });
    await begin();
    world.clock.now = START + DAY_MS + 60_000;
    running[0]?.poke();
    await until(() => digests().length >= 1);
    expect(asked.map(({ input }) => (input as { person: string }).person)).not.to.include.members([
      world.ada,
      world.ben,
    ]);
  });

  it('look by themselves where what should wake them does not come', async () => {
    world.clock.now = START + DAY_MS;
    await begin({ wakeUp: async () => Promise.reject(new Error('no database')) });
    await until(() => digests().length >= 3);
    expect(lines).to.include('agenda does not start; this process looks at the clock by itself');
  });

  it('look when they are woken, and stop their waker with themselves', async () => {
    let wake = () => {};
    let stopped = 0;
    const timers = await begin({
      wakeUp: async (given) => {
        wake = given;
        return { stop: async () => void stopped++ };
      },
    });
    world.clock.now = START + DAY_MS;
    wake();
    await until(() => digests().length >= 3);
    await timers.stop();
    expect(stopped).to.equal(1);
    const before = asked.length;
    world.clock.now += DAY_MS;
    wake();
    await new Promise((done) => setImmediate(done));
    expect(asked).to.have.length(before);
  });

  it('go on after a look that failed', async () => {
    let fails = 1;
    const act: World['act'] = (request) => (fails-- > 0 ? Promise.reject(new Error('store away')) : world.act(request));
    world.clock.now = START + DAY_MS;
    const timers = await begin({ act });
    await until(() => lines.includes('due acts failed'));
    timers.poke();
    await until(() => digests().length >= 3);
  });
});
