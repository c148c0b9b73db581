// Measures that what waits costs nothing: the durable tool step, and a look at the clock, beside parked runs and open items.
import { runAgent } from '../src/agents/runs/agent-loop.ts';
import type { Wake } from '../src/agents/runs/deps.ts';
import { openSession } from '../src/agents/sessions/open-session.ts';
import { DUE } from '../src/due/list.ts';
import { makePoll } from '../src/due/poll.ts';
import type { Reader } from '../src/log/action.ts';
import { startChild } from './child.ts';
import { park, raise } from './crowd.ts';
import { inTurns, ratios, taken, warmUp } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { type BenchPod, benchLog, makePod, openStage, type Stage, say } from './stage.ts';
import { checkRun, depsOf, mention, perStep, RUNS } from './tool-step.ts';

const WAITING = 10_000;
const WARM = 60;
const ROUNDS = 31;
const SAID = 40;
const THREADS = 20;
const LOOKS = 200;

/** A store of its own, with a pod in which something may wait. */
interface Place {
  stage: Stage;
  benchPod: BenchPod;
  steps(): Promise<{ cpu: number; wall: number }>;
  /** Messages in the pod where things wait. */
  talk(): Promise<{ cpu: number }>;
  look(): Promise<{ cpu: number }>;
  /** The reads of one look, on average. */
  reads(): Promise<number>;
}

export async function waiting(): Promise<void> {
  title(`8. What waits, embedded store: ${WAITING} of each; CPU`);
  const server = await startChild('./servers/model.ts');
  const places: Place[] = [];
  try {
    for (let each = 0; each < 3; each++) places.push(await placeAt(server.url));
    const [none, parked, open] = places;
    if (!none || !parked || !open) throw new Error('unreachable');
    await park(parked.stage, parked.benchPod, WAITING);
    await raise(open.stage, open.benchPod, WAITING);
    const sides = { none: none.steps, parked: parked.steps, open: open.steps };
    await warmUp(WARM, sides);
    const steps = await inTurns(ROUNDS, sides);
    line('a tool step, nothing waits', steps('none', 'cpu'), 'ms');
    line('beside parked runs / nothing', ratios(steps('parked', 'cpu'), steps('none', 'cpu')), '', atMost(1.05));
    line('beside open items / nothing', ratios(steps('open', 'cpu'), steps('none', 'cpu')), '', atMost(1.05));
    const talks = { none: none.talk, parked: parked.talk, open: open.talk };
    await warmUp(WARM / 4, talks);
    const said = await inTurns(ROUNDS, talks);
    line('a message in the pod, nothing waits', said('none', 'cpu'), 'ms');
    line('beside parked runs / nothing', ratios(said('parked', 'cpu'), said('none', 'cpu')), '', atMost(1.05));
    line('beside open items / nothing', ratios(said('open', 'cpu'), said('none', 'cpu')), '', atMost(1.05));
    const looks = await inTurns(ROUNDS, { none: none.look, parked: parked.look, open: open.look });
    line('a look at the clock, nothing waits', looks('none', 'cpu'), 'ms');
    line('beside parked runs / nothing', ratios(looks('parked', 'cpu'), looks('none', 'cpu')));
    line('beside open items / nothing', ratios(looks('open', 'cpu'), looks('none', 'cpu')));
    line('reads of a look, beside open items', [await open.reads()]);
  } finally {
    for (const { stage } of places) await stage.stop();
    await server.stop();
  }
}

async function placeAt(url: string): Promise<Place> {
  let now = Date.now();
  const stage = await openStage(undefined, () => now);
  const benchPod = await makePod(stage, 1);
  const deps = depsOf(stage, url);
  let pods = 1;
  let messages = 0;
  const wake = () => {
    pods += 1;
    return mention(stage, pods);
  };
  const lookWith = (read: Reader) => {
    const { act } = stage.core;
    const poll = makePoll({ things: DUE, act, read, clock: () => now, logger: benchLog });
    return async () => {
      // A round of the timer. Some looks are valid for a minute, and cost nothing until then.
      now += 30_000;
      await poll(new AbortController().signal);
    };
  };
  const look = lookWith(stage.core.read);
  const conversation = await say(stage, benchPod, '@scribe which boxes?', 1_000_000);
  await openSession(deps, { pod: benchPod.pod, conversation, agent: 'agent:scribe' });
  return {
    stage,
    benchPod,
    async steps() {
      const wakes: Wake[] = [];
      for (let each = 0; each < RUNS; each++) wakes.push(await wake());
      const figures = await perStep((n) => runAgent(deps, wakes[n] as Wake, new AbortController().signal));
      for (const each of wakes) await checkRun(deps, each);
      return figures;
    },
    async talk() {
      const { cpuMs } = await taken(async () => {
        for (let each = 0; each < SAID; each++) {
          messages += 1;
          await say(stage, benchPod, 'The small ones.', messages, 1 + (messages % THREADS));
        }
      });
      return { cpu: cpuMs / SAID };
    },
    async look() {
      const { cpuMs } = await taken(async () => {
        for (let each = 0; each < LOOKS; each++) await look();
      });
      return { cpu: cpuMs / LOOKS };
    },
    async reads() {
      const counted = counting(stage.core.read);
      const countedLook = lookWith(counted.read);
      await countedLook();
      counted.count = 0;
      for (let each = 0; each < LOOKS; each++) await countedLook();
      return counted.count / LOOKS;
    },
  };
}

function counting(read: Reader): { read: Reader; count: number } {
  const counted = { read, count: 0 };
  counted.read = new Proxy(read, {
    get(reader, name) {
      counted.count += 1;
      return Reflect.get(reader, name);
    },
  });
  return counted;
}
