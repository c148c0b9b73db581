// kill -9 between the receipts of one message by three Slack apps: after the next start it is on the log once, and the
// agent that it names answers once, as itself.
import { expect } from 'chai';
import * as people from '../../src/practice/slack/people/people.ts';
import { aFleet, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { when } from './moments.ts';
import { ADA, aWorld, LAUNCH, until, type World } from './world.ts';

describe('a Skein with three Slack apps that is killed between the receipts of one message', () => {
  const fleet = aFleet();
  let world: World;
  let env: Record<string, string>;
  before(async () => {
    world = await aWorld(Date.now, ['scribe', 'scout']);
    env = world.env();
    const { workspace } = world.slack.surfaces;
    const first = await fleet.spawn(env);
    await first.go();
    for (const app of workspace.state.apps.values())
      if (app.agent) people.invite(workspace, ADA, LAUNCH, app.botUserId);
    await world.ask('/skein pod new');
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    first.kill();
    await first.exited;
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
  });

  for (const nth of [1, 2, 3])
    it(`hears it once: killed after receipt ${nth} of four`, async () => {
      const living = await fleet.spawn(env);
      await living.go();
      await until(() => queuesEmpty(env), 'empty queues', fleet.told);
      let left = nth;
      const killed = new Promise<void>((resolve) => {
        const off = world.slack.onChange((_notice, change) => {
          if (change.kind !== 'event-settled' || --left > 0) return;
          off();
          living.kill();
          resolve();
        });
      });
      const ts = world.say(`@scribe what is open? (${nth})`);
      const receipts = [...world.slack.workspace.state.pending.values()].filter((event) => event.ts === ts);
      expect(receipts.map(({ app }) => app ?? 'main')).to.have.length(4);
      await killed;
      expect((await living.exited).signal).to.equal('SIGKILL');
      const next = await fleet.spawn(env);
      await next.go();
      await world.slack.workspace.settled();
      await until(() => world.answers(ts).length > 0, 'an answer', fleet.told);
      await until(() => queuesEmpty(env), 'empty queues', fleet.told);
      const scribe = [...world.slack.workspace.state.apps.values()].find(({ agent }) => agent === 'scribe');
      expect(world.answers(ts).map(({ user }) => user)).to.deep.equal([scribe?.botUserId]);
      expect(await laidAside(env)).to.deep.equal([]);
      expectClean(fleet.lines(), env);
      next.kill();
      await next.exited;
    });

  it('says it once, as itself: killed when its app has posted, and that was not recorded', async () => {
    const living = await fleet.spawn(env);
    await living.go();
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    const call = { kind: 'call', tap: 'slackTap', call: 'chat.postMessage', nth: 1, moment: 'done' } as const;
    const killed = when(world, call, 0, () => living.kill());
    const ts = world.say('@scribe what is open? (once more)');
    await killed;
    expect((await living.exited).signal).to.equal('SIGKILL');
    const next = await fleet.spawn(env);
    await next.go();
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    const scribe = [...world.slack.workspace.state.apps.values()].find(({ agent }) => agent === 'scribe');
    expect(world.answers(ts).map(({ user }) => user)).to.deep.equal([scribe?.botUserId]);
    expectClean(fleet.lines(), env);
  });
});
