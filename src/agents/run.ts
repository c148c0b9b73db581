// A run: one episode of an agent's work, from a wake to its answer. Every step is read off the transcript, so a crash
// anywhere is healed by running again.
import type { Act } from '../pods/act.ts';
import type { Reader } from '../pods/action.ts';
import { type AgentId, isPerson, type ParticipantId } from '../pods/participant.ts';
import type { AgentDoc } from '../pods/views/agent.ts';
import { type CallDeps, callTools } from './call-tools.ts';
import { gatherFacts, hear } from './gather.ts';
import type { Model, ModelTurn } from './model.ts';
import { ModelRefusedKey, ModelRefusedRequest, ModelStopped } from './model-errors.ts';
import { agentOf, beginAfresh, type OpenDeps, openSession } from './open-session.ts';
import { dateNews, newsText, openingText } from './prompt.ts';
import { changeSession, messageText, type SessionDoc, type TurnDoc, turnId, turnsOf } from './session.ts';
import { contextLength, isSilence, nextStep, SILENCE, type Step, spentBy, toolUses } from './transcript.ts';

export interface Wake {
  /** The delivery's id: the run's name. */
  id: string;
  pod: string;
  conversation: string;
  agent: AgentId;
  /** The commit that woke it: a stop after it ends it. */
  seq: number;
}

export interface RunDeps extends OpenDeps, CallDeps {
  act: Act;
  read: Reader;
  model: Model;
  clock(): number;
  progress: Progress;
}

/** What people see while an agent works; at most once, and never in the way of the work. */
export interface Progress {
  show(session: SessionDoc, text: string): void;
  clear(session: SessionDoc): void;
}

/** Beyond this many tokens the session goes on in a new epoch. */
const LONGEST_CONTEXT = 150_000;
const MOST_OUTPUT = 16_000;
/** An answer without content can't be sent again: the API refuses an empty turn. */
const NOTHING_SAID = JSON.stringify([{ type: 'text', text: SILENCE }]);
/** The agent is told when so much of its budget is used. */
const NEARLY = 0.8;

interface Run {
  wake: Wake;
  session: SessionDoc;
  agent: AgentDoc;
  turns: TurnDoc[];
  signal: AbortSignal;
}

/**
 * Works until the answer is posted, nothing is new, or a stop comes. Throws ModelUnavailable when the model is away (run
 * it again later), and the signal's reason when the process has to let go.
 */
export async function runAgent(deps: RunDeps, wake: Wake, signal: AbortSignal): Promise<void> {
  const agent = await agentOf(deps.read, wake.agent);
  const opened = await openSession(deps, wake);
  await changeSession(deps.store, opened.id, (doc) => (doc.live === wake.id ? doc : { ...doc, live: wake.id }));
  try {
    while (!(await step(deps, { wake, agent, signal, ...(await load(deps, opened)) })));
  } finally {
    deps.progress.clear(opened);
    if (!signal.aborted || stopped(signal))
      await changeSession(deps.store, opened.id, (doc) => (doc.live === wake.id ? { ...doc, live: '' } : doc));
  }
}

async function load(deps: RunDeps, opened: SessionDoc): Promise<Pick<Run, 'session' | 'turns'>> {
  const session = (await deps.store.collection<SessionDoc>('sessions').get(opened.id)) ?? opened;
  return { session, turns: await turnsOf(deps.store, session.id, session.epoch) };
}

/** True when the run is over. */
async function step(deps: RunDeps, run: Run): Promise<boolean> {
  try {
    return await oneStep(deps, run, nextStep(run.turns));
  } catch (error) {
    // The session says since when it is stopped: reading it again leads to the orderly end.
    if (error instanceof Stopped) return false;
    throw error;
  }
}

async function oneStep(deps: RunDeps, run: Run, step: Step): Promise<boolean> {
  if (run.session.stoppedAt > run.wake.seq) return stop(deps, run, step);
  if (run.signal.aborted) throw run.signal.reason;
  switch (step.kind) {
    case 'news':
      return takeIn(deps, run);
    case 'ask':
    case 'resume':
      return ask(deps, run);
    case 'call':
      return call(deps, run, step);
    case 'answer':
      return answer(deps, run, step);
    default:
      step satisfies never;
      return true;
  }
}

/** News becomes the next user turn; without any, the run is over. */
async function takeIn(deps: RunDeps, run: Run): Promise<boolean> {
  const { session, turns } = run;
  const position = turns.at(-1)?.position ?? 0;
  const heard = await hear(deps.read, session, position);
  if (!heard.messages.length) return true;
  const today = new Date(deps.clock()).toISOString().slice(0, 10);
  const text = turns.length
    ? [...dateChange(turns, today), newsText(heard.messages)].join('\n')
    : openingText(await gatherFacts(deps.read, session), heard.messages, today);
  await append(deps, run, {
    role: 'user',
    content: JSON.stringify([{ type: 'text', text }]),
    position: heard.position,
    ...(heard.asker ? { asker: heard.asker } : {}),
  });
  return false;
}

/** The date enters as news: written into the prefix it would spoil the cache every night. */
function dateChange(turns: readonly TurnDoc[], today: string): string[] {
  const last = turns.at(-1)?.at ?? 0;
  return new Date(last).toISOString().slice(0, 10) === today ? [] : [dateNews(today)];
}

async function ask(deps: RunDeps, run: Run): Promise<boolean> {
  const { session, turns, agent, wake } = run;
  const spent = spentBy(turns, wake.id);
  if (spent.turns >= agent.budget.turns || spent.tokens >= agent.budget.tokens)
    return overBudget(deps, run, spent.turns);
  if (contextLength(turns) > LONGEST_CONTEXT && turns.at(-1)?.role === 'user' && spent.turns === 0) {
    await beginAfresh(deps, session);
    return false;
  }
  deps.progress.show(session, 'is thinking…');
  const turn = await askModel(deps, run);
  if (!turn) return false;
  await append(deps, run, {
    role: 'assistant',
    content: turn.content === '[]' ? NOTHING_SAID : turn.content,
    position: turns.at(-1)?.position ?? 0,
    stopReason: turn.stopReason,
    usage: turn.usage,
  });
  return false;
}

/** Undefined: something was mended (a stop came, a new epoch began) and the transcript is to be read again. */
async function askModel(deps: RunDeps, run: Run): Promise<ModelTurn | undefined> {
  const { session, turns, signal } = run;
  try {
    return await deps.model.turn({
      model: session.model,
      system: session.system,
      tools: session.tools,
      messages: turns.map(messageText),
      maxTokens: MOST_OUTPUT,
      signal,
      onTool: (name) => deps.progress.show(session, `is using ${name.replaceAll('_', ' ')}…`),
    });
  } catch (error) {
    if (error instanceof ModelStopped) {
      if (stopped(signal)) return undefined;
      throw signal.reason;
    }
    if (error instanceof ModelRefusedRequest && error.reason !== 'unknown_model' && turns.length > 1) {
      // Too long, or bound to another prefix: the log still says everything, so the session begins afresh.
      deps.log('session begins afresh', { session: session.id, reason: error.reason });
      await beginAfresh(deps, session);
      return undefined;
    }
    if (error instanceof ModelRefusedKey || error instanceof ModelRefusedRequest) {
      await say(deps, run, `I can't work at the moment: ${error.message}`, 'refused');
      await append(deps, run, silent('I could not work: the model refused the request.', turns));
      return undefined;
    }
    throw error;
  }
}

async function call(deps: RunDeps, run: Run, { turn, uses }: Extract<Step, { kind: 'call' }>): Promise<boolean> {
  const { session, agent, turns, signal } = run;
  const asker = askerOf(turns);
  const cut = turn.stopReason === 'max_tokens';
  const { results, loaded } = cut
    ? {
        results: uses.map((use) =>
          unanswered(use.id, 'Not run: your answer was cut off at the token limit. Ask again, shorter.'),
        ),
        loaded: [],
      }
    : await callTools(deps, { session, n: turn.n, asker, tools: agent.tools, signal }, uses);
  if (loaded.length)
    await changeSession(deps.store, session.id, (doc) => ({
      ...doc,
      loaded: [...doc.loaded.filter(({ name }) => !loaded.some((one) => one.name === name)), ...loaded],
    }));
  const heard = await hear(deps.read, session, turn.position);
  const news = [newsText(heard.messages), budgetNews(run)].filter(Boolean);
  await append(deps, run, {
    role: 'user',
    content: JSON.stringify([...results, ...news.map((text) => ({ type: 'text', text }))]),
    position: heard.position,
    ...(heard.asker ? { asker: heard.asker } : {}),
  });
  return false;
}

function budgetNews({ turns, agent, wake }: Run): string {
  const spent = spentBy(turns, wake.id);
  const left = agent.budget.turns - spent.turns;
  const near = spent.turns >= agent.budget.turns * NEARLY || spent.tokens >= agent.budget.tokens * NEARLY;
  return near ? `<budget>Nearly used up: ${Math.max(left, 0)} turns left. Finish, and say what is open.</budget>` : '';
}

async function answer(deps: RunDeps, run: Run, { turn, text }: Extract<Step, { kind: 'answer' }>): Promise<boolean> {
  const said = turn.stopReason === 'refusal' && isSilence(text) ? "I can't help with that." : text;
  const cut = turn.stopReason === 'max_tokens' ? `${said}\n\n_Cut off at the length limit; ask me to go on._` : said;
  const own = turn.run === run.wake.id;
  // Only the words of this run: an answer of an earlier one stands already.
  if (own && !isSilence(cut)) await say(deps, run, cut, `answer:${turn.epoch}:${turn.n}`);
  // A run that found an earlier one unfinished ends that first, and then hears what it was woken for.
  return own && turn.position >= run.wake.seq ? true : takeIn(deps, run);
}

async function overBudget(deps: RunDeps, run: Run, turns: number): Promise<boolean> {
  await say(
    deps,
    run,
    `I paused: this took ${turns} turns, which is all I may spend on one request. Write “go on” and I continue from here.`,
    'budget',
  );
  await append(deps, run, silent('I paused here: my budget for this request was used up.', run.turns));
  return true;
}

/** Whatever is open is answered as not done, so that the next run finds a whole transcript. */
async function stop(deps: RunDeps, run: Run, step: Step): Promise<boolean> {
  const last = run.turns.at(-1);
  if (step.kind === 'call') {
    const results = toolUses(step.turn).map((use) => unanswered(use.id, 'Not done: a person stopped the run.'));
    await append(deps, run, { role: 'user', content: JSON.stringify(results), position: step.turn.position });
    return false;
  }
  if (last?.role === 'user') {
    await append(deps, run, silent('I was stopped here.', run.turns));
    return false;
  }
  await say(deps, run, 'Okay, I stopped.', `stop:${run.session.stoppedAt}`, run.session.id);
  return true;
}

function unanswered(id: string, content: string) {
  return { type: 'tool_result' as const, tool_use_id: id, content, is_error: true as const };
}

function silent(text: string, turns: readonly TurnDoc[]): NewTurn {
  return {
    role: 'assistant',
    content: JSON.stringify([{ type: 'text', text }]),
    position: turns.at(-1)?.position ?? 0,
    silent: true,
  };
}

type NewTurn = Pick<TurnDoc, 'role' | 'content' | 'position'> &
  Partial<Pick<TurnDoc, 'asker' | 'stopReason' | 'usage' | 'silent'>>;

/** Whoever loses this insert wrote from an old transcript: the next step reads it anew. */
async function append(deps: RunDeps, { session, turns, wake }: Run, turn: NewTurn): Promise<void> {
  const n = (turns.at(-1)?.n ?? 0) + 1;
  const { id: of, epoch } = session;
  await deps.store
    .collection<TurnDoc>('turns')
    .insert([{ id: turnId(of, epoch, n), rev: 1, session: of, epoch, n, run: wake.id, at: deps.clock(), ...turn }]);
}

/** Posts in the conversation, under the agent's own name. The key makes it one post, however often the run is healed. */
async function say(deps: RunDeps, run: Run, text: string, what: string, of: string = run.wake.id): Promise<void> {
  const { session, turns } = run;
  const asker = askerOf(turns);
  await deps.act({
    pod: session.pod,
    actor: session.agent,
    ...(isPerson(asker) ? { onBehalfOf: asker } : {}),
    via: 'model',
    action: 'post_message',
    input: { conversation: session.conversation, text },
    key: `${of}:${what}`,
  });
}

function askerOf(turns: readonly TurnDoc[]): ParticipantId | undefined {
  return turns.findLast((turn) => turn.asker)?.asker;
}

/** Why a signal was aborted: a person's stop, told apart from a process that has to let go. */
export class Stopped extends Error {}

function stopped(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof Stopped;
}
