// Prints what the input of a conversation costs with the cache marks of its requests, against the same requests without
// a cache and with the API's automatic mark alone. By Anthropic's rules and prices; the clock is the bench's own and the
// model follows a script, so the figures are the same each time.
import { messagesBody } from '../src/agents/model/body.ts';
import type { ModelRequest, ModelTurn } from '../src/agents/model/model.ts';
import { prefixLives } from '../src/agents/model/prefix-life.ts';
import { runAgent } from '../src/agents/runs/agent-loop.ts';
import { DEFAULT_BUDGET, MOST } from '../src/pods/agent-definitions/agent-words.ts';
import { countTokens, type InputUsage, promptCache } from '../src/practice/model/prompt-cache.ts';
import type { Block, MessagesRequest } from '../src/practice/model/wire.ts';
import { type Aim, atMost, title } from './print.ts';
import { type BenchPod, makePod, openStage, type Stage, say } from './stage.ts';
import { depsOf } from './tool-step.ts';

/** In the price of an input token (platform.claude.com/docs/en/about-claude/pricing). */
const PRICE = { input: 1, read: 0.1, '5m': 1.25, '1h': 2 };
const BEGAN = Date.UTC(2030, 0, 7, 12);
/** How long the model thinks about one request, in milliseconds. */
const THINKS_MS = 8000;
const MINUTE = 60_000;

/** The pauses between an answer and the next message, in turn. */
const PAUSES: Readonly<Record<string, readonly number[]>> = {
  'a minute': [MINUTE],
  mixed: [MINUTE, 3 * MINUTE, 12 * MINUTE, 40 * MINUTE, MINUTE, 3 * 60 * MINUTE],
  '20 minutes': [20 * MINUTE],
  'two hours': [120 * MINUTE],
};
const AIMS: Readonly<Record<string, number>> = { 'a minute': 0.09, mixed: 0.12, '20 minutes': 0.14, 'two hours': 0.45 };
const CALLS = [1, 9, 10, 40];
/** The sizes at which a session goes on in a new epoch, in tokens. */
const CONTEXTS = [20_000, 40_000, 60_000, 100_000, 150_000];

interface Shape {
  messages: number;
  pauses: readonly number[];
  /** How many calls the model makes at once before it answers. */
  calls: number;
  /** How many words each call's input has, if it is a long one. */
  words?: number;
}

/** In the price of an input token. */
interface Cost {
  marked: number;
  automatic: number;
  naive: number;
}

export async function tokens(): Promise<void> {
  title('12. What the input of a conversation costs: with its marks / with the automatic mark alone, against no cache');
  let now = BEGAN;
  const clock = () => now;
  const stage = await openStage(undefined, clock);
  let pods = 0;
  const costOf = async (shape: Shape) => {
    pods += 1;
    return conversation(stage, await makePod(stage, pods), shape, { clock, pass: (ms) => (now += ms) });
  };
  try {
    for (const messages of [40, 200])
      for (const [name, pauses] of Object.entries(PAUSES)) {
        const { marked, automatic, naive } = await costOf({ messages, pauses, calls: 1 });
        const aim = messages === 40 ? atMost(AIMS[name] ?? 1) : undefined;
        row(`${messages} messages, ${name} apart`, [marked / naive, automatic / naive], aim);
      }
    const perCalls = new Map<number, number>();
    const perContext = new Map<number, number>();
    for (const calls of CALLS) {
      const { marked, automatic, naive } = await costOf({ messages: 20, pauses: [MINUTE], calls });
      perCalls.set(calls, marked);
      row(`20 messages, ${calls} call${calls === 1 ? '' : 's'} in each turn`, [marked / naive, automatic / naive]);
    }
    for (const context of CONTEXTS) {
      await setContext(stage, context);
      const { marked } = await costOf({ messages: 100, pauses: PAUSES.mixed ?? [], calls: 1, words: 1500 });
      perContext.set(context, marked);
    }
    for (const [context, cost] of perContext)
      row(`A context of ${context} tokens against ${CONTEXTS.at(-1)}`, [
        cost / (perContext.get(CONTEXTS.at(-1) ?? 0) ?? 1),
      ]);
    row('10 calls against 9', [(perCalls.get(10) ?? 0) / (perCalls.get(9) ?? 1)], atMost(1.2));
  } finally {
    await stage.stop();
  }
}

async function setContext({ core }: Stage, context: number): Promise<void> {
  const budget = { ...DEFAULT_BUDGET, tokens: MOST.tokens, context };
  const input = { agent: 'scribe', budget };
  const key = `bench:context:${context}`;
  await core.act({ pod: 'org', actor: 'skein', via: 'skein', action: 'update_agent', input, key });
}

interface Time {
  clock(): number;
  pass(ms: number): void;
}

async function conversation(stage: Stage, pod: BenchPod, shape: Shape, { clock, pass }: Time): Promise<Cost> {
  const [own, automatic] = [promptCache(clock), promptCache(clock)];
  const cost: Cost = { marked: 0, automatic: 0, naive: 0 };
  const prefixLife = prefixLives();
  let made = 0;
  let called = false;
  const long = shape.words ? { text: 'flour '.repeat(shape.words) } : {};
  const model = {
    async turn(request: ModelRequest): Promise<ModelTurn> {
      const body = JSON.parse(messagesBody(request)) as MessagesRequest;
      const usage = own.use(body);
      cost.marked += priceOf(usage);
      cost.automatic += priceOf(automatic.use(unmarked(body)));
      cost.naive += countTokens(body) * PRICE.input;
      pass(THINKS_MS);
      called = !called;
      const blocks = called
        ? Array.from({ length: shape.calls }, () => ({
            ...{ type: 'tool_use', id: `toolu_${made}`, name: 'create_task' },
            input: { title: `Step ${++made} of the plan for the rye subscription`, ...long },
          }))
        : [{ type: 'text', text: `Done, as you wished. ${'I wrote down which step comes next. '.repeat(8)}` }];
      return {
        content: JSON.stringify(blocks),
        stopReason: called ? 'tool_use' : 'end_turn',
        usage: {
          input: usage.input_tokens,
          output: Math.ceil(JSON.stringify(blocks).length / 4),
          cacheRead: usage.cache_read_input_tokens,
          cacheWrite: usage.cache_creation_input_tokens,
        },
      };
    },
  };
  for (let n = 1; n <= shape.messages; n++) {
    const text = `@scribe please add what comes next, number ${n}. ${'Mind what we said about the price. '.repeat(4)}`;
    const conversation = await say(stage, pod, text, n, 1);
    const seq = await stage.core.read.head(pod.pod);
    const wake = { id: `${pod.pod}:${seq}:0`, pod: pod.pod, conversation, agent: 'agent:scribe', seq } as const;
    await runAgent({ ...depsOf(stage, ''), clock, model, prefixLife }, wake, new AbortController().signal);
    pass(shape.pauses[(n - 1) % shape.pauses.length] ?? 0);
  }
  if (made !== shape.messages * shape.calls) throw new Error(`The model made ${made} calls.`);
  return cost;
}

function priceOf({ input_tokens, cache_read_input_tokens, cache_creation }: InputUsage): number {
  const written = cache_creation.ephemeral_5m_input_tokens * PRICE['5m'];
  const kept = cache_creation.ephemeral_1h_input_tokens * PRICE['1h'];
  return input_tokens * PRICE.input + cache_read_input_tokens * PRICE.read + written + kept;
}

/** Returns the request as a plain loop would send it: with the automatic mark of five minutes only. */
function unmarked({ system, messages, ...body }: MessagesRequest): MessagesRequest {
  const bare = <B>(blocks: string | readonly B[]) =>
    typeof blocks === 'string' ? blocks : blocks.map((block) => ({ ...block, cache_control: null }) as B);
  return {
    ...body,
    ...(system ? { system: bare<Block>(system) } : {}),
    messages: messages.map((message) => ({ ...message, content: bare<Block>(message.content) })),
    cache_control: { type: 'ephemeral' },
  };
}

function row(name: string, cells: readonly number[], aim?: Aim): void {
  const shown = cells.map((cell) => cell.toFixed(3).padStart(10)).join('');
  const said = aim ? `   aim ${aim.text}: ${aim.reached(cells[0] ?? 0) ? 'reached' : 'MISSED'}` : '';
  process.stdout.write(`  ${name.padEnd(40)}${shown}${said}\n`);
}
