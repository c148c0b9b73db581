// A wake that kills every process which works on it: it ends after a bounded number of deaths, and whoever asked hears it.
// What was in flight beside it is done.
import { expect } from 'chai';
import type { Child } from './child.ts';
import { aFleet, doorOf, expectNoSecret, laidAside, queuesEmpty, tasks } from './fleet.ts';
import { aWorld, until, type World } from './world.ts';

const MOST_STARTS = 10;

describe('a wake that kills its process', function () {
  this.timeout(240_000);
  const fleet = aFleet();
  let world: World;
  let env: Record<string, string>;
  let living: Child;

  before(async () => {
    world = await aWorld();
    env = world.env();
    living = await fleet.spawn(env);
    await living.go();
    await world.ask('/skein pod new');
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
  });

  /** Kills the process that gets the model's answer to a request with this word, from now on. */
  function killAt(word: string): void {
    let seen = world.model.requests.length;
    world.modelTap.hear = (call, moment) => {
      if (call !== 'messages' || moment !== 'done') return undefined;
      const fresh = world.model.requests.slice(seen);
      seen += fresh.length;
      if (fresh.some((request) => JSON.stringify(request).includes(word))) living.kill();
      return undefined;
    };
  }
  const dead = () => living.exited.then(() => 'dead' as const);

  it('is told as failed after five deaths, and the wake beside it is answered', async () => {
    killAt('cursed');
    const cursed = world.say('@scribe please add a task for Ben to look after the cursed oven');
    const plain = world.say('@scribe please add a task for Ben to look after the plain oven');
    let deaths = 0;
    for (; deaths < MOST_STARTS; deaths++) {
      const over = await Promise.race([
        dead(),
        until(() => world.answers(cursed).length > 0, 'a word on it', fleet.told).then(() => 'told' as const),
      ]);
      if (over === 'told') break;
      living = await fleet.spawn(env);
      // It may take up the wake, and die, before it says that it is ready.
      await living.go().catch(dead);
    }
    expect(deaths, fleet.told()).to.equal(5);
    await until(() => world.answers(plain).length > 0, 'the answer beside it', fleet.told);
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    expect(world.answers(cursed).map(({ text }) => text)).to.deep.equal([
      'I could not do this: Skein itself broke down 5 times in the midst of it, and got no further. Nothing is lost; mention me again to let me try once more.',
    ]);
    expect(world.answers(plain)[0]?.text).to.match(/#\d+/);
    expect((await tasks(env)).filter((task) => task.includes('oven'))).to.deep.equal(['Look after the plain oven']);
    expect((await laidAside(env)).map(({ kind }) => kind)).to.deep.equal(['wake']);
    expectNoSecret(fleet.lines(), env);
  });

  it('is tried again when it is asked for again', async () => {
    world.modelTap.hear = () => undefined;
    const again = world.say('@scribe please add a task for Ben to look after the blessed oven');
    await until(() => world.answers(again).length > 0, 'an answer', fleet.told);
    const [aside] = await laidAside(env);
    await (await doorOf(env)).post('/cli/queue/outbox/retry', { id: aside?.id });
    await until(async () => !(await laidAside(env)).length && (await queuesEmpty(env)), 'empty queues', fleet.told);
    expect((await tasks(env)).filter((task) => task.includes('cursed'))).to.have.length(1);
  });
});
