// kill -9 between the commit that finishes the last dependency and what it sets off: after the next start the agent begins
// once, within a minute, and the person who waited is told once.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Child } from './child.ts';
import { aFleet, doorOf, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { type KillAt, named, when } from './moments.ts';
import { aWorld, LAUNCH, until, type World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const posted = { kind: 'call', tap: 'slackTap', call: 'chat.postMessage', nth: 1, moment: 'reached' } as const;
const asked = { kind: 'call', tap: 'modelTap', call: 'messages', nth: 1, moment: 'reached' } as const;
const MOMENTS: readonly (KillAt | 'at once')[] = ['at once', posted, { ...posted, moment: 'done' }, asked];

describe('killed when the last dependency was finished', function () {
  this.timeout(240_000);
  const fleet = aFleet();
  let world: World;
  let dir: string;
  let env: Record<string, string>;
  let living: Child;
  let ahead = 0;

  before(async () => {
    world = await aWorld(() => Date.now() + ahead);
    dir = await mkdtemp(join(tmpdir(), 'skein-freed-'));
    env = { ...world.env(), CHAOS_CLOCK: join(dir, 'clock') };
    await moveTo(noonOfTuesday());
    living = await fleet.spawn(env);
    await living.go();
    await world.ask('/skein pod new');
    // Two messages come of each kill, more than the usual four a day.
    const hours = { as: 'ben', action: 'set_hours', input: { most: 50 } };
    await (await doorOf(env)).post('/cli/act', hours);
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
  const acts = async <R>(action: string, input: object): Promise<R> =>
    (await (await doorOf(env)).post<{ result: R }>('/cli/act', { as: 'ada', pod: 'launch', action, input })).result;
  const made = async (title: string, input: object): Promise<number> =>
    (await acts<{ task: { number: number } }>('create_task', { title, ...input })).task.number;
  const quiet = () => until(() => queuesEmpty(env), 'empty queues', fleet.told);
  const texts = () =>
    [...world.slack.surfaces.workspace.state.messages.entries()].flatMap(([channel, all]) =>
      [...all.values()].map((one) => ({ channel, text: String(one.text), ts: one.ts, thread: one.thread_ts })),
    );
  const stateOf = async (number: number) =>
    (await acts<{ tasks: { number: number; state: string }[] }>('list_tasks', { state: 'all' })).tasks.find(
      (one) => one.number === number,
    )?.state;
  for (const [n, at] of MOMENTS.entries())
    it(`${at === 'at once' ? 'right after the commit' : named(at)}: the next begins once`, async () => {
      const rye = `rye number ${n + 100}`;
      const first = await made(`Bake the ${rye}`, {});
      await made(`Pack the ${rye}`, { assignee: 'scribe', depends_on: [`#${first}`] });
      await made(`Carry the ${rye}`, { assignee: 'ben', depends_on: [`#${first}`] });
      await quiet();
      await moveTo(Date.now() + ahead + 11 * MINUTE_MS);
      await living.look();
      await quiet();

      const killed = at === 'at once' ? undefined : when(world, at, 0, () => living.kill());
      const door = await doorOf(env);
      const done = door
        .post('/cli/act', { as: 'ada', pod: 'launch', action: 'complete_task', input: { task: `#${first}` } })
        .catch((error: unknown) => error);
      if (!killed) {
        expect(await done).not.to.be.instanceOf(Error);
        living.kill();
      }
      await killed;
      await done;
      expect((await living.exited).signal).to.equal('SIGKILL');

      living = await fleet.spawn(env);
      const restarted = Date.now();
      await living.go();
      expect(await stateOf(first), 'the commit stands').to.equal('done');
      const begins = () => texts().filter(({ text }) => text.includes(`Pack the ${rye}`) && text.includes('can begin'));
      const answers = () => begins().flatMap(({ thread, ts }) => world.answers(thread ?? ts));
      await until(() => answers().length > 0, 'Scribe', fleet.told);
      expect(Date.now() - restarted).to.be.lessThan(MINUTE_MS);
      await quiet();
      await moveTo(Date.now() + ahead + 11 * MINUTE_MS);
      await living.look();
      const tells = () =>
        texts().filter(
          ({ channel, text }) => channel !== LAUNCH && text.includes(`Carry the ${rye}`) && text.includes('can begin'),
        );
      await until(() => tells().length > 0, 'a notice to Ben', fleet.told);
      await quiet();
      expect(begins(), fleet.told()).to.have.length(1);
      expect(answers(), fleet.told()).to.have.length(1);
      expect(tells(), fleet.told()).to.have.length(1);
      expect(await laidAside(env)).to.deep.equal([]);
    });

  it('says nothing of bugs, and no secret', () => {
    expectClean(fleet.lines(), env);
  });
});

/** At noon by UTC, when people in Europe work. */
function noonOfTuesday(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const days = (2 - new Date(today).getUTCDay() + 7) % 7 || 7;
  return today + days * DAY_MS + 720 * MINUTE_MS;
}
