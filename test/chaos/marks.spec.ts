// A working mark on a message outlives no kill: the next start changes it to what came of the work.
import { expect } from 'chai';
import { aFleet, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { aWorld, LAUNCH, until, type World } from './world.ts';

describe('a kill -9 while a message is marked as at work', () => {
  const fleet = aFleet();
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
  });

  it('leaves no wrong mark: after the next start it is ✅, once, under the one answer', async () => {
    const env = world.env();
    const first = await fleet.spawn(env);
    const second = await fleet.spawn(env);
    await first.go();
    await world.ask('/skein pod new');
    world.model.faults.next('stall_before_headers');
    const asked = world.model.requests.length;
    const ts = world.say('@scribe please add a task for Ben to call the mill');
    const marks = () => {
      const message = world.slack.surfaces.workspace.state.messages.get(LAUNCH)?.get(ts);
      return (message?.reactions ?? []).map(({ name, count }) => `${name} ${count}`);
    };
    await until(() => world.model.requests.length > asked, 'a request to the model', fleet.told);
    await until(() => marks().join() === 'eyes 1', 'the mark', fleet.told);

    first.kill();
    await first.exited;
    expect(marks()).to.deep.equal(['eyes 1']);
    await second.loaded;
    await second.go();
    await until(() => world.answers(ts).length > 0, 'the answer', fleet.told);
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    expect(marks()).to.deep.equal(['white_check_mark 1']);
    expect(world.answers(ts)).to.have.length(1);
    expect(await laidAside(env)).to.deep.equal([]);
    expectClean(fleet.lines(), env);
  });
});
