// Three processes on one database: everybody's digest comes once, also when the one that sends them is killed, and when all begin late.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { messagesSeen } from '../../src/practice/driver/look.ts';
import { dmOf } from '../../src/practice/slack/acts/channels.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import { middayClock } from '../journeys/midday.ts';
import { aFleet, doorOf, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { aWorld, until, type World } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = ['U0ADALIND1', 'U0BENOKAF1', 'U0CHIARAR1', 'U0DEVPATE1'];
const missing = !process.env.MONGODB_URI;

(missing ? describe.skip : describe)('digests of three processes on one MongoDB', function () {
  this.timeout(240_000);
  const fleet = aFleet();
  let world: World;
  let dir: string;
  const midday = middayClock();
  let moved = 0;
  let envs: Record<string, string>[];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-clock-'));
    await moveTo(0);
    world = await aWorld(() => midday() + moved);
    const uri = freshDatabase() ?? '';
    const clock = join(dir, 'ahead');
    envs = ['a', 'b', 'c'].map((name) => ({ ...world.env(name), MONGODB_URI: uri, CHAOS_CLOCK: clock }));
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
    await rm(dir, { recursive: true, force: true });
    if (envs[0]?.MONGODB_URI) await dropDatabase(envs[0].MONGODB_URI);
  });

  async function moveTo(ms: number): Promise<void> {
    moved = ms;
    await writeFile(join(dir, 'ahead'), String(midday() + ms - Date.now()));
  }
  const digestsOf = (user: string) => {
    const { workspace } = world.slack.surfaces;
    const seen = messagesSeen(workspace, dmOf(workspace, user).id, undefined, user) as { text: string }[];
    return seen.filter(({ text }) => text.startsWith('Your digest')).length;
  };
  const all = () => PEOPLE.map(digestsOf);
  const news = async (env: Record<string, string>, title: string) => {
    const task = { as: 'ada', pod: 'launch', action: 'create_task', input: { title } };
    // Hers too: what she does herself is no news to her.
    const other = { ...task, as: 'ben', action: 'record_learning', input: { learning: title } };
    const door = await doorOf(env);
    await door.post('/cli/act', task);
    await door.post('/cli/act', other);
  };

  it('come once each when the clock passes the hour and the process that posts is killed amid them (needs MONGODB_URI)', async () => {
    const children = await Promise.all(envs.map((env) => fleet.spawn(env)));
    for (const child of children) await child.go();
    await world.ask('/skein pod new');
    await news(envs[1] ?? {}, 'Order the flour');
    await until(() => queuesEmpty(envs[1] ?? {}), 'empty queues', fleet.told);
    const time = new Date(midday() + HOUR_MS).toISOString().slice(11, 16);
    const door = await doorOf(envs[1] ?? {});
    for (const as of ['ada', 'ben', 'chiara', 'dev'])
      await door.post('/cli/act', { as, action: 'set_digest', input: { time, time_zone: 'UTC' } });
    await moveTo(2 * HOUR_MS);
    const began = performance.now();
    const looks = children.map((child) => child.look());
    await until(() => all().some((count) => count > 0), 'the first digest', fleet.told);
    children[0]?.kill();
    await until(() => all().every((count) => count > 0), 'all digests', fleet.told, 90_000);
    await Promise.all(looks);
    console.log(`      all digests ${Math.round(performance.now() - began)} ms after the hour was passed`);
    await until(() => queuesEmpty(envs[1] ?? {}), 'empty queues', fleet.told, 60_000);
    expect(await laidAside(envs[1] ?? {})).to.deep.equal([]);
    expect(all()).to.deep.equal(PEOPLE.map(() => 1));
    await news(envs[1] ?? {}, 'Fold the boxes');
    for (const child of children.slice(1)) child.term();
    await Promise.all(children.slice(1).map((child) => child.exited));
  });

  it('are caught up once each when three processes begin at once, two days late (needs MONGODB_URI)', async () => {
    await moveTo(3 * DAY_MS);
    const children = await Promise.all(envs.map((env) => fleet.spawn(env)));
    await Promise.all(children.map((child) => child.go()));
    await until(() => all().every((count) => count > 1), 'all digests', fleet.told, 90_000);
    await until(() => queuesEmpty(envs[0] ?? {}), 'empty queues', fleet.told, 60_000);
    expect(all()).to.deep.equal(PEOPLE.map(() => 2));
    expect(await laidAside(envs[0] ?? {})).to.deep.equal([]);
    expectClean(fleet.lines(), envs[0] ?? {});
  });
});
