// Three processes on one database, with questions, tasks and digests at once, and one process killed amid them: each item
// is told once, each answer wakes its run once, and nothing stays behind.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Retryable } from '../../src/errors.ts';
import { LOG_SPECS } from '../../src/log/fold.ts';
import { isPerson } from '../../src/log/participant.ts';
import { makeReader } from '../../src/log/read.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { NEEDS } from '../../src/pods/needs/need.ts';
import { messagesSeen } from '../../src/practice/driver/look.ts';
import { dmOf } from '../../src/practice/slack/acts/channels.ts';
import { click } from '../../src/practice/slack/people/interact.ts';
import { openMongo } from '../../src/store/mongo/open.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import type { Seen } from '../journeys/team.ts';
import { toldIn } from '../pods/needs/histories/checks/facts.ts';
import { aFleet, doorOf, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { aWorld, LAUNCH, until, type World } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = { ada: 'U0ADALIND1', ben: 'U0BENOKAF1', chiara: 'U0CHIARAR1', dev: 'U0DEVPATE1' } as const;
type Handle = keyof typeof PEOPLE;
/** Each answered one loses its mark in Slack, which takes 20 of them a minute. */
const QUESTIONS = 6;
/** Two for each of these people. Chiara's digest comes on the next day, so a notice tells her. */
const GIVEN: readonly Handle[] = ['ben', 'chiara', 'dev'];
const missing = !process.env.MONGODB_URI;

(missing ? describe.skip : describe)('needs of three processes on one MongoDB', function () {
  this.timeout(420_000);
  const fleet = aFleet();
  let world: World;
  let dir: string;
  let uri: string;
  let envs: Record<string, string>[];
  let ahead = 0;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-clock-'));
    await moveTo(tuesdayNoon());
    world = await aWorld(() => Date.now() + ahead);
    uri = freshDatabase() ?? '';
    const more = { MONGODB_URI: uri, CHAOS_CLOCK: join(dir, 'ahead') };
    envs = ['a', 'b', 'c'].map((name) => ({ ...world.env(name), ...more }));
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
    await rm(dir, { recursive: true, force: true });
    if (uri) await dropDatabase(uri);
  });

  async function moveTo(time: number): Promise<void> {
    ahead = time - Date.now();
    await writeFile(join(dir, 'ahead'), String(ahead));
  }

  const direct = (who: Handle) => {
    const { workspace } = world.slack.surfaces;
    const seen = messagesSeen(workspace, dmOf(workspace, PEOPLE[who]).id, undefined, PEOPLE[who]);
    return (seen as { text: string; blocks: unknown[] }[]).map(({ text, blocks }) => ({
      digest: text.startsWith('Your digest'),
      words: JSON.stringify([text, blocks]),
    }));
  };
  const buttonsOf = ({ blocks }: Pick<Seen, 'blocks'>): { action_id: string; value: string }[] =>
    blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));
  /** The answers of agents in a thread: the first asks, and the last goes on. */
  const question = (root: string) => world.answers(root)[0];
  const buttonsIn = (root: string) => buttonsOf(question(root) ?? { blocks: [] });
  const clicked = async (root: string): Promise<boolean> => {
    const [button] = buttonsIn(root);
    if (!button) return true;
    const at = { channel: LAUNCH, ts: question(root)?.ts ?? '' };
    const press = { user: PEOPLE.ben, ...at, actionId: button.action_id, value: button.value };
    return click(world.slack.surfaces, press).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Retryable) return false;
        throw error;
      },
    );
  };
  const goneOn = (root: string) => world.thread(root).filter(({ text }) => text.includes('is answered.')).length;

  it('tell each item once, and wake each run once by its answer, while one of them is killed (needs MONGODB_URI)', async () => {
    const children = await Promise.all(envs.map((env) => fleet.spawn(env)));
    for (const child of children) await child.go();
    const began = performance.now();
    const [, left = {}] = envs;
    await world.ask('/skein pod new');
    const door = await doorOf(left);
    const acts = (as: Handle, action: string, input: object, pod?: string) =>
      door.post('/cli/act', { as, ...(pod ? { pod } : {}), action, input });

    const roots = Array.from({ length: QUESTIONS }, (_, n) =>
      world.say(`@pilot ask Ben: which flour is for oven ${n + 100}, rye or wheat?`),
    );
    await until(() => roots.every((root) => buttonsIn(root).length === 2), 'all questions', fleet.told, 120_000);
    const titles = GIVEN.flatMap((who) => [1, 2].map((n) => ({ who, title: `Oven number ${n} of ${who}` })));
    for (const { who, title } of titles) await acts('ada', 'create_task', { title, assignee: who }, 'launch');
    const hour = new Date(Date.now() + ahead + HOUR_MS).toISOString().slice(11, 16);
    for (const as of ['ada', 'ben', 'dev'] as const) await acts(as, 'set_digest', { time: hour, time_zone: 'UTC' });
    await acts('chiara', 'set_digest', {
      time: new Date(Date.now() + ahead - HOUR_MS).toISOString().slice(11, 16),
      time_zone: 'UTC',
    });

    await moveTo(Date.now() + ahead + 2 * HOUR_MS);
    const looks = children.map((child) => child.look());
    const anybody = () => Object.keys(PEOPLE).some((who) => direct(who as Handle).length > 0);
    await until(anybody, 'the first notice or digest', fleet.told, 120_000);
    /** Ben clicks until Skein hears of it, as people do. */
    const answer = (root: string) => until(() => clicked(root), 'a click that Skein hears', fleet.told, 120_000);
    await Promise.all(roots.slice(0, QUESTIONS / 2).map(answer));
    // The first of them speaks for the Slack app, so another has to take over.
    children[0]?.kill();
    expect((await children[0]?.exited)?.signal).to.equal('SIGKILL');
    const killed = performance.now();
    expect(roots.filter((root) => goneOn(root) > 0).length).to.be.below(QUESTIONS);
    await Promise.all(roots.slice(QUESTIONS / 2).map(answer));
    await until(() => roots.every((root) => goneOn(root) > 0), 'all answered', fleet.told, 120_000);
    await until(
      () => titles.every(({ who, title }) => direct(who).some(({ words }) => words.includes(title))),
      'all told',
      () => titles.map(({ who }) => JSON.stringify(direct(who))).join('\n'),
      90_000,
    );
    await Promise.all(looks);
    await until(() => queuesEmpty(left), 'empty queues', fleet.told, 120_000);
    console.log(
      `      all told and answered ${Math.round(performance.now() - began)} ms after the start, ${Math.round(performance.now() - killed)} ms after the kill`,
    );

    expect(await laidAside(left)).to.deep.equal([]);
    expect(roots.map(goneOn)).to.deep.equal(roots.map(() => 1));
    expect(roots.map(buttonsIn)).to.deep.equal(roots.map(() => []));
    expect(
      (['ada', 'ben', 'chiara', 'dev'] as const).map((who) => direct(who).filter(({ digest }) => digest).length),
    ).to.deep.equal([1, 1, 0, 1]);
    expect(direct('chiara')).to.have.length(1);
    const { items, told } = await itemsAndTold(uri);
    expect(items).to.have.length(QUESTIONS + titles.length);
    expect(told.toSorted()).to.deep.equal(items.toSorted());
    expectClean(fleet.lines(), left);
  });
});

/** All items, and those that somebody was told of in their own log, as often as they were. */
async function itemsAndTold(uri: string): Promise<{ items: string[]; told: string[] }> {
  const store = await openMongo({ uri, specs: [...LOG_SPECS, ...VIEW_SPECS] });
  try {
    const read = makeReader(store);
    const needs = await read.find(NEEDS, { where: {} });
    const people = [...new Set(needs.map(({ who }) => who))].filter(isPerson);
    const told = await Promise.all(
      people.map(async (person) => toldIn(person, await read.commits(person, 1, await read.head(person)))),
    );
    return {
      items: needs.map(({ who, id }) => `${who} ${id}`),
      told: told.flat().map(({ person, need }) => `${person} ${need}`),
    };
  } finally {
    await store.close();
  }
}

/** When people in Europe work. */
function tuesdayNoon(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const days = (2 - new Date(today).getUTCDay() + 7) % 7 || 7;
  return today + days * DAY_MS + DAY_MS / 2;
}
