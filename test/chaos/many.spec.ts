// Three processes on one database: every mention is answered once, also when one of the three is killed among them.
import { expect } from 'chai';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import { aFleet, expectClean, laidAside, queuesEmpty, tasks } from './fleet.ts';
import { aWorld, until, type World } from './world.ts';

const MENTIONS = 30;
const missing = !process.env.MONGODB_URI;

(missing ? describe.skip : describe)('three processes on one MongoDB', function () {
  this.timeout(420_000);
  const fleet = aFleet();
  let world: World;
  let envs: Record<string, string>[];

  before(async () => {
    world = await aWorld();
    const uri = freshDatabase() ?? '';
    envs = ['a', 'b', 'c'].map((name) => ({ ...world.env(name), MONGODB_URI: uri }));
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
    if (envs[0]?.MONGODB_URI) await dropDatabase(envs[0].MONGODB_URI);
  });

  it(`answers ${MENTIONS} mentions once each while one of them is killed (needs MONGODB_URI)`, async () => {
    const children = await Promise.all(envs.map((env) => fleet.spawn(env)));
    for (const child of children) await child.go();
    await world.ask('/skein pod new');
    const began = performance.now();
    const mentioned = Array.from({ length: MENTIONS }, (_, n) =>
      world.say(`@scribe please add a task for Ben to look after oven number ${n + 100}`),
    );
    const answeredOnes = () => mentioned.filter((ts) => world.answers(ts).length > 0).length;
    await until(() => answeredOnes() >= MENTIONS / 3, 'a third of the answers', fleet.told, 60_000);
    // The first of them speaks for the Slack app: another has to take that over.
    children[0]?.kill();
    expect((await children[0]?.exited)?.signal).to.equal('SIGKILL');
    const killed = performance.now();
    expect(answeredOnes()).to.be.below(MENTIONS);
    await until(() => answeredOnes() === MENTIONS, 'all answers', fleet.told, 120_000);
    console.log(
      `      ${MENTIONS} answers in ${Math.round(performance.now() - began)} ms, the last ${Math.round(performance.now() - killed)} ms after the kill`,
    );

    const left = envs[1] ?? {};
    // Each answered message changes its reaction, and Slack lets some 20 be taken away a minute. It is an upper bound: the
    // programs of tests are paced faster.
    await until(() => queuesEmpty(left), 'empty queues', fleet.told, (MENTIONS / 20) * 2 * 60_000);
    expect(await laidAside(left)).to.deep.equal([]);
    expect(mentioned.map((ts) => world.answers(ts).length)).to.deep.equal(mentioned.map(() => 1));
    const done = (await tasks(left)).filter((title) => title.includes('oven number'));
    expect(done).to.have.length(MENTIONS);
    expect(new Set(done).size).to.equal(MENTIONS);
    expectClean(fleet.lines(), left);
  });
});
