// Runs the tool calls of one model turn: each is prepared, passes the gate, runs once and gets a result for the model.
import * as z from 'zod';
import { Held, LeftToAgent, Locked, NotAllowed, Retryable, UserFacingError } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import type { Shown } from '../../../log/view.ts';
import { type Logger, logFailure } from '../../../logger.ts';
import { Stale } from '../../../pods/history/stale.ts';
import { numberOf, QUESTIONS } from '../../../pods/questions/question.ts';
import type { WaitResult } from '../../../pods/questions/wait-for.ts';
import type { Store } from '../../../store/port.ts';
import { GO_AHEAD, goAheadInput } from '../../../tools/go-ahead.ts';
import { ranBefore } from '../../../tools/mcp/call-once.ts';
import { prepare } from '../../../tools/prepare.ts';
import type { Ran, ToolCaller, ToolDeps } from '../../../tools/tool.ts';
import { USE_TOOL } from '../../../tools/use-tool.ts';
import { readVerdicts } from '../../../tools/verdicts.ts';
import { changedText } from '../../news/changed-text.ts';
import { joined } from '../../news/held.ts';
import { bringsOutsideNews } from '../../news/news.ts';
import { markOutside, type SessionDoc, turnId } from '../../sessions/session.ts';
import type { ToolUse } from '../../sessions/transcript.ts';
import { behindText, type HeldCall, heldText, lockedText } from '../ears/ears.ts';
import { judgeWords } from '../ears/judge.ts';
import { wordSaid } from '../ears/word-said.ts';
import { pointOf, stepText, type WantedStep } from '../steps/wanted-steps.ts';
import { stopped } from '../stopped.ts';
import { type Caller, toolCaller } from './caller.ts';
import { takeIn, type Used } from './take-in.ts';

export interface ToolResult {
  type: 'tool_result';
  tool_use_id: string;
  content: string;
  is_error?: true;
}

export interface CallDeps {
  store: Store;
  read: Reader;
  tools: ToolDeps;
  logger: Logger;
}

/** The most calls of one turn that are run. Further calls get a refusal as their result. */
export const MOST_CALLS = 40;

interface Called {
  results: ToolResult[];
  loaded: { name: string; version: string }[];
  /** The ids of the open questions for which the turn waits. */
  waiting: string[];
  /** The documents that the calls have shown or changed. */
  shows: Shown[];
  /** The calls that wait for the yes of people who go with every step. */
  steps: WantedStep[];
  /** True if the agent may not do one of them. */
  refused: boolean;
  /** The number of the commit of the last call in the session's pod, which the views contain. Absent if it made none. */
  applied?: number;
}

/**
 * Returns the results in the order of the calls. Throws Retryable only if the store cannot be reached; the same calls
 * then run again.
 */
export async function callTools(deps: CallDeps, caller: Caller, uses: readonly ToolUse[]): Promise<Called> {
  const results: ToolResult[] = [];
  const loaded: Called['loaded'] = [];
  const waiting: string[] = [];
  const shows: Shown[] = [];
  const steps: WantedStep[] = [];
  let refused = false;
  let applied: number | undefined;
  for (const [index, use] of uses.entries()) {
    const session = { ...caller.session, loaded: [...caller.session.loaded, ...loaded] };
    const waits = steps.some(({ call }) => pointOf(call)) && !isRead(deps, use);
    const outcome = waits
      ? { ...refusal(behindText({ ...use, n: caller.n })), held: true as const }
      : index < MOST_CALLS
        ? await callOrGoAhead(
            deps,
            { ...caller, session, refused: refused || caller.refused === true },
            { ...use, n: caller.n },
          )
        : refusal(`Not run: at most ${MOST_CALLS} calls in one turn. Ask for fewer, in the order you need them.`);
    if (outcome.waiting) waiting.push(...outcome.waiting);
    if (outcome.loaded) loaded.push(outcome.loaded);
    if (outcome.shows) shows.push(outcome.shows);
    if (outcome.steps) steps.push(...outcome.steps);
    if (outcome.refused) refused = true;
    applied = outcome.applied;
    results.push(resultOf(use.id, outcome));
  }
  return { results, loaded, waiting, shows, steps, refused, ...(applied === undefined ? {} : { applied }) };
}

/** Reads go on behind a checkpoint. */
function isRead({ tools }: CallDeps, { name }: ToolUse): boolean {
  return tools.actions.get(name)?.effect === 'read';
}

export function resultOf(id: string, { ok, text }: Used): ToolResult {
  return { type: 'tool_result', tool_use_id: id, content: text, ...(ok ? {} : { is_error: true }) };
}

export function refusal(text: string): Used {
  return { text, ok: false };
}

function callOrGoAhead(deps: CallDeps, caller: Caller, use: HeldCall): Promise<Used> {
  return use.name === GO_AHEAD ? goAhead(deps, caller, use) : callOne(deps, caller, use);
}

/**
 * Gives the verdicts, then makes held calls once more, under their own keys: what was done meanwhile is not done again.
 */
async function goAhead(deps: CallDeps, caller: Caller, use: HeldCall): Promise<Used> {
  const parsed = goAheadInput.safeParse(use.input);
  if (!parsed.success) return refusal(`go_ahead takes { calls, verdicts }.\n${z.prettifyError(parsed.error)}`);
  if (stopped(caller.signal)) return refusal('Not run: a person stopped you.');
  const { verdicts, faults } = readVerdicts(parsed.data.verdicts);
  const { lines: judged, waiting: asked } = await judgeWords(
    deps.tools,
    toolCaller(deps.store, caller),
    verdicts,
    `${keyOf(caller, use)}:verdicts`,
  );
  if (!parsed.data.calls.length && !judged.length && !faults.length)
    return refusal('go_ahead takes { calls, verdicts }, and at least one of them.');
  const outcomes: Used[] = [];
  for (const name of new Set(parsed.data.calls)) {
    const call = caller.heldCalls?.get(name);
    const outcome = call
      ? await callOne(deps, caller, call)
      : refusal('This call was not held. Make it anew if you want it done.');
    const first = call && outcome.held ? '' : `${name}: `;
    outcomes.push({ ...outcome, text: `${first}${outcome.text}` });
  }
  const waiting = [...asked, ...outcomes.flatMap((one) => one.waiting ?? [])];
  return {
    text: [...outcomes.map(({ text }) => text), ...judged, ...faults].join('\n'),
    ok: !faults.length && outcomes.every(({ ok }) => ok),
    ...(waiting.length ? { waiting } : {}),
    steps: outcomes.flatMap((one) => one.steps ?? []),
    ...(outcomes.some((one) => one.refused) ? { refused: true } : {}),
    shows: joined(outcomes.map(({ shows = {} }) => shows)),
  };
}

async function callOne(deps: CallDeps, caller: Caller, use: HeldCall): Promise<Used> {
  const { session, signal } = caller;
  // Checked early to save the look-up of the tool. The gate checks it again.
  if (stopped(signal)) return refusal('Not run: a person stopped you.');
  signal.throwIfAborted();
  try {
    const ran = await ranOnce(deps, toolCaller(deps.store, caller), use, keyOf(caller, use));
    const used = await takeIn(deps, caller, ran);
    const waiting = use.name === WAIT_FOR && ran.kind === 'value' ? waitingIn(ran.value) : [];
    return waiting.length ? { ...used, waiting } : used;
  } catch (error) {
    if (error instanceof Retryable) throw error;
    if (error instanceof Stale) return shownRefusal(deps, session, error);
    if (error instanceof Held)
      return { ...refusal(heldText(use, await wordSaid(deps.read, session.pod, error.word))), held: true };
    if (error instanceof Locked) return lockedBy(deps.read, use, error);
    if (error instanceof NotAllowed && !(error instanceof LeftToAgent))
      return { ...refusal(error.message), refused: true };
    if (error instanceof UserFacingError) return refusal(error.message);
    logFailure(deps.logger, 'warn', 'tool failed', error, { session: session.id, tool: use.name });
    return refusal('The tool failed inside Skein. Look whether it was done before you try again, and tell the person.');
  }
}

function keyOf({ session }: Caller, { n, block, epoch = session.epoch }: HeldCall): string {
  return `${turnId(session.id, epoch, n)}:${block}`;
}

/** Returns a refusal that shows the text which the session did not know. */
async function shownRefusal(
  { store }: CallDeps,
  { id }: SessionDoc,
  { message, changed, shows }: Stale,
): Promise<Used> {
  if (bringsOutsideNews({ changed: [changed] })) await markOutside(store, id);
  return { ...refusal(`${message}\n${changedText({ changed: [changed], more: 0 })}`), shows };
}

/** Names the question by its number, as the model knows it. The run waits for it, because it can do nothing else. */
async function lockedBy(read: Reader, use: HeldCall, { why }: Locked): Promise<Used> {
  if (why.step) {
    const { key, hash, draft } = why.step;
    const step = { key, hash, call: use, ...(draft ? { draft } : {}) };
    return { ...refusal(await stepText(read, use, why.step)), held: true, steps: [step] };
  }
  const question = why.question ? await read.get(QUESTIONS, why.question) : undefined;
  const text = lockedText(use, question ? { ...why, question: numberOf(question) } : why);
  return { ...refusal(text), held: true, ...(question?.state === 'open' ? { waiting: [question.id] } : {}) };
}

const WAIT_FOR = 'wait_for';

function waitingIn(value: unknown): string[] {
  return (value as WaitResult).waiting?.map(({ id }) => id) ?? [];
}

/**
 * Runs one call, or returns the stored result if it ran before a crash. `run` calls `act`, which asks the gate on the
 * snapshot of the commit.
 */
async function ranOnce({ tools }: CallDeps, caller: ToolCaller, use: ToolUse, key: string): Promise<Ran> {
  const before = use.name === USE_TOOL ? await ranBefore(tools, caller, key) : undefined;
  if (before) return { kind: 'text', result: before };
  const prepared = await prepare(tools, caller, use);
  if (prepared.kind === 'ready') return prepared.tool.run(prepared.input, key);
  return { kind: 'text', result: { ok: false, text: prepared.text, trust: prepared.trust } };
}
