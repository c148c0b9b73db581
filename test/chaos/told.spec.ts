// kill -9 between the commit that gives somebody work and the message that says so: after a restart they are told once.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Child } from './child.ts';
import { aFleet, doorOf, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { type KillAt, named, when } from './moments.ts';
import { aWorld, until, type World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** Told two minutes after the commit, so a kill at once is before anybody was told of anything. */
const KILLS: readonly (KillAt | 'at once')[] = [
  'at once',
  ...(['reached'] as const).map(
    (moment) => ({ kind: 'call', tap: 'slackTap', call: 'chat.postMessage', nth: 1, moment }) as const,
  ),
];

describe('killed before somebody was told', () => {
  const fleet = aFleet();
  let world: World;
  let dir: string;
  let env: Record<string, string>;
  let living: Child;
  let ahead: number;

  before(async () => {
    world = await aWorld();
    dir = await mkdtemp(join(tmpdir(), 'skein-told-'));
    env = { ...world.env(), CHAOS_CLOCK: join(dir, 'clock') };
    await moveTo(nextTuesday());
    living = await fleet.spawn(env);
    await living.go();
    await world.ask('/skein pod new');
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function moveTo(time: number): Promise<void> {
    ahead = time - Date.now();
    await writeFile(env.CHAOS_CLOCK ?? '', String(ahead));
  }

  /** Every message in Slack, in channels and direct messages, with this title. */
  const withTitle = (title: string): string[] => {
    const { messages } = world.slack.surfaces.workspace.state;
    return [...messages.values()]
      .flatMap((channel) => [...channel.values()])
      .flatMap((message) => (JSON.stringify(message).includes(title) ? [JSON.stringify(message)] : []));
  };

  /** It is heard of, and two minutes have passed. */
  const whenHeard = async () => {
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    await moveTo(Date.now() + ahead + 3 * MINUTE_MS);
  };

  const given = async (title: string) => {
    const input = { title, assignee: 'ben' };
    await (await doorOf(env)).post('/cli/act', { as: 'ada', pod: 'launch', action: 'create_task', input });
  };

  for (const [n, at] of KILLS.entries())
    it(`${at === 'at once' ? 'right after the commit' : named(at)}: told once`, async () => {
      const title = `oven number ${n + 100}`;
      const killed = at === 'at once' ? undefined : when(world, at, 0, () => living.kill());
      await given(title);
      if (killed) await whenHeard();
      else living.kill();
      await killed;
      expect((await living.exited).signal).to.equal('SIGKILL');
      living = await fleet.spawn(env);
      await living.go();
      if (!killed) await whenHeard();
      await until(() => withTitle(title).length > 0, 'a notice', fleet.told, 90_000);
      await until(() => queuesEmpty(env), 'empty queues', fleet.told);
      expect(withTitle(title), fleet.told()).to.have.length(1);
      expect(await laidAside(env)).to.deep.equal([]);
    });

  it('says nothing of bugs, and no secret', () => {
    expectClean(fleet.lines(), env);
  });
});

/** At noon by UTC, when people in Europe work. */
function nextTuesday(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const days = (2 - new Date(today).getUTCDay() + 7) % 7 || 7;
  return today + days * DAY_MS + 720 * MINUTE_MS;
}
