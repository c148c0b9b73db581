// Measures a durable tool step (a model call and one tool), compared with the same step in a bare loop in memory.
import Anthropic from '@anthropic-ai/sdk';
import { anthropicModel } from '../src/agents/model/anthropic.ts';
import { messagesBody } from '../src/agents/model/body.ts';
import { prefixLives } from '../src/agents/model/prefix-life.ts';
import { runAgent } from '../src/agents/runs/agent-loop.ts';
import type { RunDeps, Wake } from '../src/agents/runs/deps.ts';
import { toolDeps } from '../src/agents/runs/tool-deps.ts';
import { openSession, prefixOf } from '../src/agents/sessions/open-session.ts';
import { sessionId, type TurnDoc, turnsOf } from '../src/agents/sessions/session.ts';
import { ACTIONS } from '../src/pods/actions.ts';
import { readTexts } from '../src/texts/read-texts.ts';
import { CALLS } from './calls.ts';
import { startChild } from './child.ts';
import { inTurns, ratios, taken } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { benchLog, HOME, makePod, openStage, type Stage, say } from './stage.ts';

const { texts } = await readTexts(HOME);

/** Warm-up steps on both sides, until the JIT has compiled the code: a server runs for days. */
const WARM = 160;
const ROUNDS = 21;
export const RUNS = 5;
const STEPS = CALLS.length;
const MODEL = 'claude-opus-5-5';

export async function toolStep(): Promise<void> {
  title(`1. Durable tool step, embedded store: ${STEPS} calls, all of them writes; per step`);
  const server = await startChild('./servers/model.ts');
  const stage = await openStage();
  try {
    const deps = depsOf(stage, server.url);
    const prompt = await promptOf(stage, deps);
    const client = new Anthropic({ apiKey: 'bench', baseURL: server.url, maxRetries: 0, logLevel: 'off' });
    let pods = 0;
    const durable = async () => {
      const wakes: Wake[] = [];
      for (let each = 0; each < RUNS; each++) {
        pods += 1;
        wakes.push(await mention(stage, pods));
      }
      const figures = await perStep((n) => runAgent(deps, wakes[n] as Wake, new AbortController().signal));
      for (const wake of wakes) await checkRun(deps, wake);
      return figures;
    };
    const streamed = () => perStep(() => bareRun(client, prompt, true));
    const plain = () => perStep(() => bareRun(client, prompt, false));
    for (let warm = 0; warm < WARM; warm++) for (const side of [durable, streamed, plain]) await side();
    const found = await inTurns(ROUNDS, { durable, streamed, plain });
    for (const side of ['durable', 'streamed', 'plain'] as const) {
      line(`${names[side]}, CPU`, found(side, 'cpu'), 'ms');
      line(`${names[side]}, wall`, found(side, 'wall'), 'ms');
    }
    line(
      'durable / bare loop that streams, CPU',
      ratios(found('durable', 'cpu'), found('streamed', 'cpu')),
      '',
      atMost(2.5),
    );
    line('durable / bare loop that streams, wall', ratios(found('durable', 'wall'), found('streamed', 'wall')));
    line('durable / bare loop without streaming, CPU', ratios(found('durable', 'cpu'), found('plain', 'cpu')));
  } finally {
    await stage.stop();
    await server.stop();
  }
}

const names = { durable: 'durable', streamed: 'bare loop, streamed', plain: 'bare loop, not streamed' };

export async function perStep(run: (n: number) => Promise<void>): Promise<{ cpu: number; wall: number }> {
  const { cpuMs, wallMs } = await taken(async () => {
    for (let each = 0; each < RUNS; each++) await run(each);
  });
  return { cpu: cpuMs / RUNS / STEPS, wall: wallMs / RUNS / STEPS };
}

const none = () => Promise.reject(new Error('No tool of a server is used here.'));
const NONE = { servers: [], mcp: { tools: none, call: none } };

export function depsOf({ core }: Stage, url: string): RunDeps {
  return {
    texts,
    store: core.store,
    act: core.act,
    read: core.read,
    actions: ACTIONS,
    defaultModel: MODEL,
    model: anthropicModel({ apiKey: 'bench', baseUrl: url }),
    clock: Date.now,
    prefixLife: prefixLives(),
    progress: { show() {}, clear() {} },
    cards: { changed: async () => {} },
    marks: { changed: async () => {} },
    erasing: async () => false,
    logger: benchLog,
    tools: toolDeps({ store: core.store, act: core.act, read: core.read, actions: ACTIONS, clock: Date.now, ...NONE }),
  };
}

/** Posts a mention in a new pod and returns its wake, so that every run has the same pod. */
export async function mention(stage: Stage, n: number): Promise<Wake> {
  const benchPod = await makePod(stage, n);
  const conversation = await say(stage, benchPod, '@scribe please do the ten steps', 1);
  const seq = await stage.core.read.head(benchPod.pod);
  return { id: `${benchPod.pod}:${seq}:0`, pod: benchPod.pod, conversation, agent: 'agent:scribe', seq };
}

/** Checks that the transcript is complete and no call was refused. */
export async function checkRun(deps: RunDeps, wake: Wake): Promise<readonly TurnDoc[]> {
  const turns = await turnsOf(deps.store, sessionId(wake.agent, wake.conversation), 1);
  if (turns.length !== 2 * STEPS + 2 || turns.some(({ content }) => content.includes('"is_error"')))
    throw new Error(`The run did not go as scripted: ${turns.map(({ content }) => content).join('\n')}`);
  return turns;
}

interface Prompt {
  system: string;
  tools: string;
  opening: string;
}

/** The texts of the durable run, so that both sides send the same. */
async function promptOf(stage: Stage, deps: RunDeps): Promise<Prompt> {
  const wake = await mention(stage, 0);
  await runAgent(deps, wake, new AbortController().signal);
  const [opening] = await checkRun(deps, wake);
  const prefix = await prefixOf(deps.store, await openSession(deps, wake));
  if (!prefix) throw new Error('The session has no prefix.');
  const { system, tools } = prefix;
  return { system, tools, opening: opening?.content ?? '' };
}

/** The loop of the SDK's own examples: a list of messages, and a tool that answers at once. */
async function bareRun(client: Anthropic, { system, tools, opening }: Prompt, stream: boolean): Promise<void> {
  const text = messagesBody({
    model: MODEL,
    system,
    tools,
    messages: [`{"role":"user","content":${opening}}`],
    maxTokens: 16_000,
  });
  const { stream: _stream, ...first } = JSON.parse(text) as Anthropic.MessageCreateParamsStreaming;
  const messages = [...first.messages];
  let called = 0;
  for (;;) {
    const body = { ...first, messages };
    const answer = stream ? await client.messages.stream(body).finalMessage() : await client.messages.create(body);
    messages.push({ role: 'assistant', content: answer.content });
    const results = answer.content.flatMap((block): Anthropic.ToolResultBlockParam[] =>
      block.type === 'tool_use' ? [{ type: 'tool_result', tool_use_id: block.id, content: '{"done":true}' }] : [],
    );
    called += results.length;
    if (!results.length) break;
    messages.push({ role: 'user', content: results });
  }
  if (called !== STEPS) throw new Error(`The bare loop made ${called} calls.`);
}
