// Prints what it costs to steer a run: the model's turns and tokens that holds and verdicts add to a run with three effects.
// The clock is the bench's own and the model follows a script, so the figures are the same each time.
import { messagesBody } from '../src/agents/model/body.ts';
import type { ModelRequest, ModelTurn } from '../src/agents/model/model.ts';
import { runAgent } from '../src/agents/runs/agent-loop.ts';
import type { ParticipantId } from '../src/log/participant.ts';
import { type PromptCache, promptCache } from '../src/practice/model/prompt-cache.ts';
import type { MessagesRequest } from '../src/practice/model/wire.ts';
import { title } from './print.ts';
import { type BenchPod, makePod, openStage, type Stage, say, TEAM, tsOf } from './stage.ts';
import { depsOf } from './tool-step.ts';

const EFFECTS = 3;
/** How long the model thinks about a call, and about letting held calls go ahead, in milliseconds. */
const CALL_MS = 9000;
const GO_AHEAD_MS = 2000;
const BEGAN = Date.UTC(2030, 0, 7, 12);

/** What Ben writes, in milliseconds from the beginning of the run. */
interface Thread {
  name: string;
  text: string;
  first: number;
  every?: number;
  /** The verdict of the model on his words, where one is due. */
  verdict: string;
}

const NEVER = Number.POSITIVE_INFINITY;
const THREADS: readonly Thread[] = [
  { name: 'nobody else writes', text: '', first: NEVER, verdict: 'fits' },
  { name: 'one “thanks”', text: 'thanks', first: 12_000, verdict: 'none' },
  { name: 'one wish that fits', text: 'and mind the border', first: 12_000, verdict: 'fits' },
  { name: 'a word every two seconds', text: 'and so on', first: 2000, every: 2000, verdict: 'none' },
];

interface Spent {
  turns: number;
  words: number;
  seconds: number;
  /** Tokens of the requests that are not in the model's cache. */
  anew: number;
  cached: number;
  written: number;
}

export async function steering(): Promise<void> {
  title(`11. Steering a run of ${EFFECTS} effects: turns of the model, and tokens at four characters per token`);
  let now = BEGAN;
  const clock = () => now;
  const stage = await openStage(undefined, clock);
  try {
    const ben = await registerBen(stage);
    row('', ['turns', 'words of Ben', 'seconds', 'read anew', 'cached', 'written']);
    for (const [n, thread] of THREADS.entries()) {
      const pod = await makePod(stage, n);
      await stage.core.act({
        ...{ pod: pod.pod, actor: 'skein', via: 'skein', action: 'add_member', key: 'ben' },
        input: { who: '@ben' },
      });
      const found = await runOf(stage, { ...pod, ben, thread, clock, pass: (ms) => (now += ms) });
      row(thread.name, [found.turns, found.words, found.seconds, found.anew, found.cached, found.written]);
    }
  } finally {
    await stage.stop();
  }
}

interface Running extends BenchPod {
  ben: ParticipantId;
  thread: Thread;
  clock(): number;
  pass(ms: number): void;
}

async function runOf(stage: Stage, { pod, channel, ben, thread, clock, pass }: Running): Promise<Spent> {
  const conversation = await say(stage, { pod, channel }, '@scribe please add the three parts of the plan', 1);
  const seq = await stage.core.read.head(pod);
  const began = clock();
  const cache = promptCache(clock);
  const spent: Spent = { turns: 0, words: 0, seconds: 0, anew: 0, cached: 0, written: 0 };
  let due = began + thread.first;
  /** Ben writes while the model thinks. */
  const thinks = async (ms: number) => {
    for (const until = clock() + ms; ; due += thread.every ?? NEVER) {
      if (due > until) return pass(until - clock());
      pass(due - clock());
      spent.words += 1;
      await writes(stage, { pod, channel, actor: ben, text: thread.text, n: spent.words + 1 });
    }
  };
  let made = 0;
  let answered = 0;
  const model = {
    async turn(request: ModelRequest): Promise<ModelTurn> {
      const usage = usageOf(cache, request);
      spent.turns += 1;
      spent.anew += usage.input_tokens + usage.cache_creation_input_tokens;
      spent.cached += usage.cache_read_input_tokens;
      // Ben has nothing more to say once it has answered, and the model ends what came meanwhile.
      if (answered) due = NEVER;
      const go = goAheadOn(request, thread.verdict);
      const ahead = made < EFFECTS || go?.input.calls.length ? go : undefined;
      await thinks(ahead?.input.calls.length ? GO_AHEAD_MS : CALL_MS);
      // Verdicts stand first in the turn with the next call. What was held goes ahead alone.
      const makes = !ahead?.input.calls.length && made < EFFECTS;
      const next = makes ? [{ name: 'create_task', input: { title: `Part ${++made}` } }] : [];
      const calls = [...(ahead ? [ahead] : []), ...next];
      const blocks = calls.map((call, at) => ({ type: 'tool_use', id: `toolu_${pod}_${spent.turns}_${at}`, ...call }));
      const content = JSON.stringify(blocks.length ? blocks : [{ type: 'text', text: 'All three are there.' }]);
      if (!blocks.length) answered ||= clock();
      spent.written += Math.ceil(content.length / 4);
      return {
        content,
        stopReason: blocks.length ? 'tool_use' : 'end_turn',
        usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
      };
    },
  };
  const wake = { id: `${pod}:${seq}:0`, pod, conversation, agent: 'agent:scribe', seq } as const;
  await runAgent({ ...depsOf(stage, ''), clock, model }, wake, new AbortController().signal);
  const { result } = await stage.core.act<{ tasks: object[] }>({
    ...{ pod, actor: stage.ada, via: 'slack', action: 'list_tasks', input: {}, key: 'tasks' },
  });
  if (result.tasks.length !== EFFECTS) throw new Error(`${result.tasks.length} of ${EFFECTS} effects were made.`);
  return { ...spent, seconds: (answered - began) / 1000 };
}

function usageOf(cache: PromptCache, request: ModelRequest) {
  return cache.use(JSON.parse(messagesBody(request)) as MessagesRequest);
}

/** The call with which the model lets what was held go ahead. Undefined if nothing was. */
function goAheadOn({ messages }: ModelRequest, verdict: string) {
  const newest = messages.at(-1) ?? '';
  const held = [...newest.matchAll(/Held \((\d+\.\d+)\)/g)].map(([, name]) => name);
  const due = [...newest.matchAll(/due: (i\d+)/g)].map(([, name = '']) => [name, verdict] as const);
  if (!held.length && !due.length) return undefined;
  const verdicts = due.length ? { verdicts: Object.fromEntries(due) } : {};
  return { name: 'go_ahead', input: { calls: [...new Set(held)], ...verdicts } };
}

async function registerBen({ core }: Stage): Promise<ParticipantId> {
  const { result } = await core.act<{ person: { id: ParticipantId } }>({
    ...{ pod: 'org', actor: 'skein', via: 'skein', action: 'register_person', key: 'bench:ben' },
    input: { account: `slack:${TEAM}:U0BEN`, name: 'Ben Okafor', handle: 'ben' },
  });
  return result.person.id;
}

async function writes(
  { core }: Stage,
  { pod, channel, actor, text, n }: BenchPod & { actor: ParticipantId; text: string; n: number },
): Promise<void> {
  await core.act({
    ...{ pod, actor, via: 'slack', action: 'post_message', input: { text }, key: `slack:${n}` },
    origin: { kind: 'slack', team: TEAM, channel, ts: tsOf(n), thread: tsOf(1), at: Date.now() },
  });
}

function row(name: string, cells: readonly (string | number)[]): void {
  process.stdout.write(`  ${name.padEnd(26)}${cells.map((cell) => String(cell).padStart(14)).join('')}\n`);
}
