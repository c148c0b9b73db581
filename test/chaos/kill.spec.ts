// kill -9 at any moment of a mention's journey: after the next start the answer stands once, and nothing is lost or doubled.
import { expect } from 'chai';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import type { Child } from './child.ts';
import { aFleet, expectClean, laidAside, queuesEmpty, tasks } from './fleet.ts';
import { moments, named, seeded, when } from './moments.ts';
import { aWorld, until, type World } from './world.ts';

for (const store of ['embedded', 'mongo'] as const) {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));
  const missing = store === 'mongo' && !process.env.MONGODB_URI;
  const title = `killed in the middle, ${store} (CHAOS_SEED=${seed})`;

  (missing ? describe.skip : describe)(title, () => {
    const fleet = aFleet();
    const waits: number[] = [];
    let world: World;
    let env: Record<string, string>;
    let living: Child;
    /** Loading takes longest: the next ones do that while this one works. */
    let spares: Child[];
    let usualMs: number;

    before(async () => {
      world = await aWorld();
      const uri = store === 'mongo' ? freshDatabase() : undefined;
      env = { ...world.env(), ...(uri ? { MONGODB_URI: uri } : {}) };
      living = await fleet.spawn(env);
      await living.go();
      spares = [await fleet.spawn(env), await fleet.spawn(env)];
      await world.ask('/skein pod new');
      await answered(mention('the flour'));
      const began = performance.now();
      await answered(mention('the salt'));
      usualMs = performance.now() - began;
    });
    after(async () => {
      await fleet.stop();
      await world.stop();
      if (env.MONGODB_URI) await dropDatabase(env.MONGODB_URI);
      const [median, most] = [0.5, 1].map((part) => waits.sort((a, b) => a - b)[Math.ceil(waits.length * part) - 1]);
      console.log(`      restart to answer: median ${median} ms, most ${most} ms; unkilled ${Math.round(usualMs)} ms`);
    });

    const mention = (subject: string) => world.say(`@scribe please add a task for Ben to look after ${subject}`);
    const answered = (ts: string) => until(() => world.answers(ts).length > 0, 'an answer', fleet.told, 60_000);

    for (const [n, at] of moments(seeded(seed)).entries())
      it(`${named(at)}: answered once, done once${missing ? ' (needs MONGODB_URI)' : ''}`, async () => {
        const subject = `oven number ${n + 100}`;
        const killed = when(world, at, usualMs, () => living.kill());
        const ts = mention(subject);
        await killed;
        expect((await living.exited).signal).to.equal('SIGKILL');

        spares.push(await fleet.spawn(env));
        living = spares.shift() as Child;
        await living.loaded;
        const restarted = performance.now();
        await living.go();
        await answered(ts);
        waits.push(Math.round(performance.now() - restarted));

        await until(() => queuesEmpty(env), 'empty queues', fleet.told);
        expect(await laidAside(env)).to.deep.equal([]);
        const texts = world.answers(ts).map(({ text }) => text);
        expect(texts, fleet.told()).to.have.length(1);
        expect(texts[0]).to.match(/#\d+/);
        expect((await tasks(env)).filter((task) => task.includes(subject))).to.have.length(1);
      });

    it(`says nothing of bugs, and no secret${missing ? ' (needs MONGODB_URI)' : ''}`, () => {
      expectClean(fleet.lines(), env);
    });
  });
}
