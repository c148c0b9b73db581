// npm run bench -- million: one embedded store with 1,000,000 commits, 100,000 sessions and 1,000,000 parked runs, each with a timer,
// against one of a thousandth, but not of less than 500 commits. A third argument makes all of it smaller. Not among the benches that run by default.
import { runAgent } from '../src/agents/runs/agent-loop.ts';
import type { Wake } from '../src/agents/runs/deps.ts';
import { openSession } from '../src/agents/sessions/open-session.ts';
import { DUE } from '../src/due/list.ts';
import { makePoll } from '../src/due/poll.ts';
import { startChild } from './child.ts';
import { type Crowd, fillWith } from './crowd-of.ts';
import { grow } from './grow.ts';
import { inTurns, ratios, taken, warmUp } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { type BenchPod, benchLog, makePod, openStage, type Stage, say } from './stage.ts';
import { checkRun, depsOf, mention, perStep, RUNS } from './tool-step.ts';

/** A thousand times as much may cost twice as much: log 1,000,000 / log 1000 is 2. */
const MOST_RATIO = 2;
const THOUSAND = 1000;
/** A list of less has shorter pages, so that a long one would seem to cost more than it does. */
const FULL_PAGES = 500 / 1_000_000;
const ROUNDS = 9;
const WARM = 3;
const TIMES = 10;
const LOOKS = 50;
const AGENT = 'agent:scribe';

export interface Size extends Crowd {
  commits: number;
}

/** `part`: of a million. */
export const sizeOf = (part: number): Size => ({
  commits: Math.ceil(1_000_000 * part),
  sessions: Math.ceil(100_000 * part),
  parked: Math.ceil(1_000_000 * part),
});

interface Place {
  stage: Stage;
  benchPod: BenchPod;
  now: { at: number };
}

export async function million(part = Number(process.argv[3] ?? 1)): Promise<void> {
  const sizes = { small: sizeOf(Math.max(part / THOUSAND, FULL_PAGES)), large: sizeOf(part) };
  const { commits, sessions, parked } = sizes.large;
  title(
    `14. One embedded store, ${commits} commits, ${sessions} sessions, ${parked} parked runs with timers; against ${sizes.small.commits} commits`,
  );
  const model = await startChild('./servers/model.ts');
  const places: Place[] = [];
  try {
    const [small, large] = [await placeOf(sizes.small), await placeOf(sizes.large)];
    places.push(small, large);
    for (const [name, work] of Object.entries(worksWith(model.url))) {
      const sides = { small: work(small), large: work(large) };
      await warmUp(WARM, sides);
      const found = await inTurns(ROUNDS, sides);
      line(`${name}, small`, found('small', 'cpu'), 'ms');
      line(`${name}, large / small`, ratios(found('large', 'cpu'), found('small', 'cpu')), '', atMost(MOST_RATIO));
    }
    for (const place of places) await place.stage.core.stop();
    for (const [name, { stage }] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const opened = await startChild('./servers/opened.ts');
      const { openMs, actMs, rssMb } = await opened.ask<Record<'openMs' | 'actMs' | 'rssMb', number>>({
        dir: stage.dir,
      });
      await opened.stop();
      line(`opening, ${name}`, [openMs], 'ms');
      line(`the first act after it, ${name}`, [actMs], 'ms');
      line(`RSS after a hundred acts, ${name}`, [rssMb], 'MB');
    }
  } finally {
    for (const { stage } of places) await stage.stop();
    await model.stop();
  }
}

export async function placeOf(size: Size): Promise<Place> {
  const now = { at: Date.now() };
  const stage = await openStage(undefined, () => now.at);
  const benchPod = await makePod(stage, 0);
  await grow(stage, benchPod, size.commits);
  const conversation = await say(stage, benchPod, '@scribe which boxes?', 900_000_000);
  await openSession(depsOf(stage, ''), { pod: benchPod.pod, conversation, agent: AGENT });
  await fillWith(stage, benchPod, size);
  return { stage, benchPod, now };
}

type Work = (place: Place) => () => Promise<{ cpu: number }>;

function worksWith(url: string): Record<string, Work> {
  let keys = 0;
  const each =
    (work: (place: Place, n: number) => Promise<unknown>, times = TIMES): Work =>
    (place) =>
    async () => {
      const { cpuMs } = await taken(async () => {
        for (let n = 0; n < times; n++) await work(place, ++keys);
      });
      return { cpu: cpuMs / times };
    };
  const acts = (action: string, input: object) =>
    each(({ stage: { core, ada }, benchPod: { pod } }, n) =>
      core.act({ pod, actor: ada, via: 'cli', action, input, key: `million:${n}` }),
    );
  return {
    'an act, a message': each(({ stage, benchPod }, n) => say(stage, benchPod, 'The small ones.', 10_000_000 + n, 1)),
    'a tool step': turns(url),
    'search, a rare word': acts('search_pod', { query: 'xyzzy' }),
    'search, a common word': acts('search_pod', { query: 'box' }),
    'a look at the clock': look(),
    read_pod: acts('read_pod', {}),
    list_runs: acts('list_runs', {}),
    list_questions: acts('list_questions', {}),
    pod_history: acts('pod_history', {}),
  };
}

function turns(url: string): Work {
  let pods = 0;
  return ({ stage }) => {
    const deps = depsOf(stage, url);
    return async () => {
      const wakes: Wake[] = [];
      for (let n = 0; n < RUNS; n++) wakes.push(await mention(stage, ++pods));
      const figures = await perStep((n) => runAgent(deps, wakes[n] as Wake, new AbortController().signal));
      for (const wake of wakes) await checkRun(deps, wake);
      return figures;
    };
  };
}

function look(): Work {
  return ({ stage: { core }, now }) => {
    const poll = makePoll({ things: DUE, act: core.act, read: core.read, clock: () => now.at, logger: benchLog });
    return async () => {
      const { cpuMs } = await taken(async () => {
        for (let n = 0; n < LOOKS; n++) {
          now.at += 30_000;
          await poll(new AbortController().signal);
        }
      });
      return { cpu: cpuMs / LOOKS };
    };
  };
}
