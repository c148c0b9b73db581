// Measures the next turn of a session that slept while 100,000 commits went by, against one that slept while 100 did.
import type { ModelTurn } from '../src/agents/model/model.ts';
import { prefixLives } from '../src/agents/model/prefix-life.ts';
import { runAgent } from '../src/agents/runs/agent-loop.ts';
import type { RunDeps, Wake } from '../src/agents/runs/deps.ts';
import { toolDeps } from '../src/agents/runs/tool-deps.ts';
import { sessionId, turnsOf } from '../src/agents/sessions/session.ts';
import { ACTIONS } from '../src/pods/actions.ts';
import { readTexts } from '../src/texts/read-texts.ts';
import { grow } from './grow.ts';
import { inTurns, ratios, taken } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { type BenchPod, benchLog, HOME, makePod, openStage, type Stage, say } from './stage.ts';

const ROUNDS = 61;
const WARM = 20;
/** The messages of the sessions get numbers beyond those of the grown threads. */
const FIRST = 1_000_000;
const LINES = Array.from({ length: 60 }, (_, n) => `Line ${n + 1} of the plan.`);

export async function news(): Promise<void> {
  title('8. The first turn of a session that slept, embedded store; a file and a task that it holds have changed');
  const stage = await openStage();
  try {
    const deps = await depsOf(stage);
    const short = await asleep(stage, deps, 1, 100);
    const long = await asleep(stage, deps, 2, 100_000);
    for (let warm = 0; warm < WARM; warm++) for (const side of [short, long]) await side();
    const found = await inTurns(ROUNDS, { short, long });
    line('slept while 100 commits went by, CPU', found('short', 'cpu'), 'ms');
    line('slept while 100,000 went by, CPU', found('long', 'cpu'), 'ms');
    line('slept while 100 commits went by, wall', found('short', 'wall'), 'ms');
    line('slept while 100,000 went by, wall', found('long', 'wall'), 'ms');
    line('100,000 / 100, CPU', ratios(found('long', 'cpu'), found('short', 'cpu')), '', atMost(1.2));
  } finally {
    await stage.stop();
  }
}

/** Opens the sessions, lets the commits go by, and returns what wakes the next session. */
async function asleep(stage: Stage, deps: RunDeps, n: number, size: number): Promise<() => Promise<Figures>> {
  const pod = await makePod(stage, n);
  await act(stage, pod, 'create_task', { title: 'Order boxes', text: LINES.join('\n') });
  await act(stage, pod, 'put_file', { name: 'plan.md', text: LINES.join('\n') });
  const opened = new Set<string>();
  for (let each = 0; each < ROUNDS + WARM; each++) {
    const wake = await mention(stage, pod, each, 0);
    opened.add(wake.conversation);
    await runAgent(deps, wake, never);
  }
  await grow(stage, pod, (await stage.core.read.head(pod.pod)) + size, opened);
  await act(stage, pod, 'update_task', { task: '#1', due: '2027-01-11' });
  await act(stage, pod, 'put_file', { name: 'plan.md', text: LINES.toSpliced(30, 1, 'Other.').join('\n'), base: 1 });
  let next = 0;
  return async () => {
    const wake = await mention(stage, pod, next++, 1);
    const { cpuMs, wallMs } = await taken(() => runAgent(deps, wake, never));
    await checkTold(deps, wake);
    return { cpu: cpuMs, wall: wallMs };
  };
}

type Figures = Record<'cpu' | 'wall', number>;

const never = new AbortController().signal;

async function mention(stage: Stage, benchPod: BenchPod, thread: number, round: number): Promise<Wake> {
  const first = FIRST + thread * 10;
  const conversation = await say(stage, benchPod, '@scribe what is new?', first + round, first);
  const seq = await stage.core.read.head(benchPod.pod);
  return { id: `${benchPod.pod}:${seq}:0`, pod: benchPod.pod, conversation, agent: 'agent:scribe', seq };
}

async function checkTold(deps: RunDeps, { agent, conversation }: Wake): Promise<void> {
  const turns = await turnsOf(deps.store, sessionId(agent, conversation), 1);
  const told = turns.at(-2)?.content ?? '';
  if (told.split('<changed ').length !== 3) throw new Error(`The news were not told: ${told}`);
}

let keys = 0;

async function act({ core, ada }: Stage, { pod }: BenchPod, action: string, input: object): Promise<void> {
  keys += 1;
  await core.act({ pod, actor: ada, via: 'cli', action, input, key: `news:${keys}` });
}

/** Reads the file in its first turn, and answers in all others. */
async function turn({ messages }: { messages: readonly string[] }): Promise<ModelTurn> {
  const usage = { input: 10, output: 5, cacheRead: 0, cacheWrite: 0 };
  const call = { type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { name: 'plan.md' } };
  if (messages.length === 1) return { content: JSON.stringify([call]), stopReason: 'tool_use', usage };
  return { content: JSON.stringify([{ type: 'text', text: 'I see.' }]), stopReason: 'end_turn', usage };
}

const none = () => Promise.reject(new Error('No tool of a server is used here.'));

async function depsOf({ core }: Stage): Promise<RunDeps> {
  const { store, act: acting, read } = core;
  const parts = { store, act: acting, read, actions: ACTIONS, clock: Date.now };
  const { texts } = await readTexts(HOME);
  return {
    ...{ ...parts, texts, defaultModel: 'scripted', model: { turn }, logger: benchLog },
    prefixLife: prefixLives(),
    progress: { show() {}, clear() {} },
    cards: { changed: async () => {} },
    marks: { changed: async () => {} },
    erasing: async () => false,
    tools: toolDeps({ ...parts, servers: [], mcp: { tools: none, call: none } }),
  };
}
