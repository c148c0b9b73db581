// kill -9 while an agent's file goes to Slack: after the next start it stands in the thread once.
import { expect } from 'chai';
import { aFleet, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { when } from './moments.ts';
import { aWorld, until, type World } from './world.ts';

describe('a Skein that is killed while it brings a file to Slack', () => {
  const fleet = aFleet();
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
  });

  it('brings it once: it was shared, and that was not recorded', async () => {
    const env = world.env();
    const first = await fleet.spawn(env);
    await first.go();
    await world.ask('/skein pod new');
    const [tap, call] = ['slackTap', 'files.completeUploadExternal'] as const;
    const killed = when(world, { kind: 'call', tap, call, nth: 1, moment: 'done' }, 0, () => first.kill());
    const ts = world.say('@scribe write a file called rye.md saying: Rye, 40 sacks.');
    await killed;
    expect((await first.exited).signal).to.equal('SIGKILL');
    const next = await fleet.spawn(env);
    await next.go();
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    expect(await laidAside(env)).to.deep.equal([]);
    const files = world.thread(ts).flatMap((seen) => seen.files);
    expect(files.map(({ name }) => name)).to.deep.equal(['rye.md']);
    expectClean(fleet.lines(), env);
  });
});
