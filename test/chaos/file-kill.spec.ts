// kill -9 while an agent's file goes to Slack: after the next start it stands in the thread once, also if the token of the
// agent's own app was taken away meanwhile.
import { expect } from 'chai';
import * as people from '../../src/practice/slack/people/people.ts';
import { aFleet, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { when } from './moments.ts';
import { ADA, aWorld, LAUNCH, until, type World } from './world.ts';

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

describe('a Skein that is killed between the upload of a file and its sharing, whose agent then loses its own app', () => {
  const fleet = aFleet();
  let world: World;
  before(async () => {
    world = await aWorld(Date.now, ['scribe']);
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
  });

  it('brings it once, through the main app', async () => {
    const env = world.env();
    const { workspace } = world.slack.surfaces;
    const first = await fleet.spawn(env);
    await first.go();
    for (const app of workspace.state.apps.values())
      if (app.agent) people.invite(workspace, ADA, LAUNCH, app.botUserId);
    await world.ask('/skein pod new');
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    const [tap, call] = ['slackTap', 'files.completeUploadExternal'] as const;
    const killed = when(world, { kind: 'call', tap, call, nth: 1, moment: 'reached' }, 0, () => {
      first.kill();
      world.slack.workspace.revoke('scribe');
    });
    const ts = world.say('@scribe write a file called rye.md saying: Rye, 40 sacks.');
    await killed;
    expect((await first.exited).signal).to.equal('SIGKILL');
    const next = await fleet.spawn(env);
    await next.go();
    const withFiles = () => world.thread(ts).filter(({ files }) => files.length > 0);
    await until(() => withFiles().length > 0, 'the file', fleet.told, 90_000);
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    expect(await laidAside(env)).to.deep.equal([]);
    const { botUserId } = workspace.state.app;
    expect(withFiles().map(({ user, files }) => [user, files.map(({ name }) => name)])).to.deep.equal([
      [botUserId, ['rye.md']],
    ]);
  }).timeout(150_000);
});
