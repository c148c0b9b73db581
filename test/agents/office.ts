// Builders for tests of runs: the world of the pod tests, a model that follows a script, and processes that can be killed.

import { gate } from '../../src/agents/gate/gate.ts';
import type { ModelRequest, ModelTurn, StopReason } from '../../src/agents/model/model.ts';
import { prefixLives } from '../../src/agents/model/prefix-life.ts';
import { callTools } from '../../src/agents/runs/calls/call-tools.ts';
import type { RunDeps, Wake } from '../../src/agents/runs/deps.ts';
import { makeRunner, type Runner, type RunnerSettings } from '../../src/agents/runs/runner.ts';
import { type ToolParts, toolDeps } from '../../src/agents/runs/tool-deps.ts';
import { type SessionDoc, sessionId, type TurnDoc, turnsOf } from '../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import { makeAct } from '../../src/log/act.ts';
import { LOG_SPECS } from '../../src/log/fold.ts';
import type { AgentId, ParticipantId, PersonId } from '../../src/log/participant.ts';
import { makeReader } from '../../src/log/read.ts';
import { isErasing } from '../../src/outbox/erasing/under-way.ts';
import { OUTBOX_SPECS } from '../../src/outbox/specs.ts';
import { ACTIONS } from '../../src/pods/actions.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import type { Delivery } from '../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { RUNS, type RunDoc } from '../../src/pods/runs/run.ts';
import { checkMessages } from '../../src/practice/model/check/messages.ts';
import type { Store } from '../../src/store/port.ts';
import { silent } from '../logs.ts';
import { aWorld, type World } from '../pods/build.ts';
import { type MemoryData, type MemoryOptions, memoryData, memoryStore } from '../store/memory.ts';
import { texts } from '../texts/words.ts';

const SPECS = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, ...OUTBOX_SPECS];

/** A scripted answer of the model: a turn, or an error to throw. */
export type Line =
  | Partial<ModelTurn>
  | Error
  | ((request: ModelRequest) => Partial<ModelTurn> | Promise<Partial<ModelTurn>>);

export const USAGE = { input: 10, output: 5, cacheRead: 0, cacheWrite: 0 };

export function says(text: string, stopReason: StopReason = 'end_turn'): Partial<ModelTurn> {
  return { content: JSON.stringify([{ type: 'text', text }]), stopReason };
}

/** The text that the model gets with its newest turn: results and news. */
export function newestIn({ messages }: ModelRequest): string {
  const { content } = JSON.parse(messages.at(-1) ?? '{}') as { content: { content?: string; text?: string }[] };
  return content.map((block) => block.content ?? block.text ?? '').join('\n');
}

/** The call by which the model says this of each word that waits for its verdict. `held`: and these calls go ahead. */
export function verdicts(request: ModelRequest, verdict: string, held: readonly string[] = []) {
  const due = [...newestIn(request).matchAll(/^due: (i\d+)/gm)].map(([, name = '']) => [name, verdict] as const);
  return ['go_ahead', { calls: held, verdicts: Object.fromEntries(due) }] as const;
}

let ids = 0;

/** An assistant turn with calls, with unique ids as the API makes them. */
export function calls(...uses: readonly (readonly [name: string, input?: unknown])[]): Partial<ModelTurn> {
  const blocks = uses.map(([name, input = {}]) => ({ type: 'tool_use', id: `toolu_${++ids}`, name, input }));
  return { content: JSON.stringify(blocks), stopReason: 'tool_use' };
}

export interface Office {
  world: World;
  data: MemoryData;
  conversation: string;
  /** Every request, in order. Each was validated as the API would. */
  asked: ModelRequest[];
  /** The next answers of the model, in order. Without any it says “Done.” */
  script: Line[];
  /** Another process on the same store. */
  process(over?: Partial<RunDeps>, options?: Omit<MemoryOptions, 'data'>, settings?: RunnerSettings): Process;
  /** Posts in the conversation. Returns the wakes and stops that this causes. */
  says(who: ParticipantId, text: string): Promise<Delivery[]>;
  /** As `says`, and carries out the deliveries. */
  hears(who: ParticipantId, text: string, process?: Process): Promise<void>;
  carry(deliveries: readonly Delivery[], process?: Process): Promise<void>;
  session(agent?: AgentId): Promise<SessionDoc>;
  /** The documents of all runs, in the order in which they began. */
  runs(): Promise<RunDoc[]>;
  turns(): Promise<readonly TurnDoc[]>;
  /** The messages of the conversation, oldest first: `Scribe: …`. */
  thread(): Promise<string[]>;
}

export interface Process {
  runner: Runner;
  deps: RunDeps;
  store: Store;
}

const away = () => Promise.reject(new Error('There is no server here.'));

export const NO_SERVERS: Pick<ToolParts, 'servers' | 'mcp'> = { servers: [], mcp: { tools: away, call: away } };

/** The deps of a process that reaches these servers. */
export function reaching(deps: RunDeps, servers: ToolParts['servers'], mcp: ToolParts['mcp']): RunDeps {
  return { ...deps, tools: toolDeps({ ...deps, servers, mcp }) };
}

/** A call of use_tool in a turn of its own. The same `n` is the same call. */
export async function useTool(
  deps: RunDeps,
  { session, heard = [], n = 1 }: { session: SessionDoc; heard?: readonly PersonId[]; n?: number },
  input: unknown,
): Promise<{ ok: boolean; text: string }> {
  const caller = { session, n, heard, tools: [], signal: never };
  const { results } = await callTools(deps, caller, [{ id: 't', name: 'use_tool', input, block: 0 }]);
  const [answer] = results;
  return { ok: !answer?.is_error, text: answer?.content ?? '' };
}

export const never = new AbortController().signal;

export async function anOffice(): Promise<Office> {
  const data = memoryData();
  const world = await aWorld({ store: memoryStore(SPECS, { data }) });
  const tools = ['read_pod', 'create_task', 'list_tasks', 'post_message'];
  await world.does(world.ada, 'update_agent', { agent: 'scribe', tools });
  const { conversation } = await world.does(world.ada, 'start_conversation', {
    title: 'Launch',
    text: 'Let us begin.',
  });
  world.delivered.length = 0;
  const asked: ModelRequest[] = [];
  const script: Line[] = [];
  const model = {
    async turn(request: ModelRequest): Promise<ModelTurn> {
      asked.push(request);
      checkMessages(request.messages.map((message) => JSON.parse(message)));
      const line = script.shift() ?? says('Done.');
      if (line instanceof Error) throw line;
      const turn = typeof line === 'function' ? await line(request) : line;
      return { content: '[]', stopReason: 'end_turn', usage: USAGE, ...turn };
    },
  };
  const process: Office['process'] = (over = {}, options = {}, settings = { stopPollMs: 60_000 }) => {
    const store = memoryStore(SPECS, { ...options, data });
    const act = makeAct({ ...meaningWith(gate), ...world.fold, store, clock: () => world.clock.now });
    const parts = { store, act, read: makeReader(store), actions: ACTIONS, clock: () => world.clock.now };
    const deps: RunDeps = {
      ...{ ...parts, texts, defaultModel: 'scripted', model, tools: toolDeps({ ...parts, ...NO_SERVERS }) },
      prefixLife: prefixLives(),
      progress: { show: () => {}, clear: () => {} },
      marks: { changed: async () => {} },
      cards: { changed: async () => {} },
      erasing: (pod) => isErasing(parts, pod),
      logger: silent,
      ...over,
    };
    return { runner: makeRunner(deps, settings), deps, store };
  };
  const first = process();
  const office: Office = {
    ...{ world, data, conversation: conversation.id, asked, script, process },
    async says(who, text) {
      world.delivered.length = 0;
      await world.does(who, 'post_message', { conversation: conversation.id, text });
      return world.delivered.filter(({ kind }) => kind === 'wake' || kind === 'halt');
    },
    async hears(who, text, by = first) {
      await office.carry(await office.says(who, text), by);
    },
    async carry(deliveries, { runner } = first) {
      for (const one of deliveries)
        await (one.kind === 'halt' ? runner.halt({ ...one, seq: seqOf(one) }) : runner.wake(wakeOf(one), never));
    },
    async session(agent = world.scribe) {
      const id = sessionId(agent, conversation.id);
      const found = await world.store.collection<SessionDoc>('sessions').get(id);
      if (!found) throw new Error('There is no session.');
      return found;
    },
    runs: () => world.store.collection<RunDoc>(RUNS.name).find({ where: {}, sort: [['at', 'asc']] }),
    async turns() {
      const { id, epoch } = await office.session();
      return turnsOf(world.store, id, epoch);
    },
    async thread() {
      const { messages } = await world.does(world.ada, 'read_conversation', {
        conversation: conversation.id,
        limit: 200,
      });
      return messages.map(({ from, text }: { from: string; text: string }) => `${from}: ${text}`);
    },
  };
  return office;
}

const seqOf = ({ id }: Delivery) => Number(id.split(':').at(-2));

export function wakeOf(delivery: Delivery | undefined): Wake {
  if (delivery?.kind !== 'wake') throw new Error(`This is no wake: ${JSON.stringify(delivery)}`);
  const { id, pod, conversation, agent, ends } = delivery;
  return { id, pod, conversation, agent, seq: seqOf(delivery), ...(ends ? { ends } : {}) };
}
