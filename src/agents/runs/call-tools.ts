// The calls of one model turn: each is prepared, carried out once, and answered with a result the model can read.
import { Retryable, Told } from '../../errors.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { freePodId } from '../../log/place.ts';
import { type Log, logFailure } from '../../logger.ts';
import type { AnyAction } from '../../pods/action.ts';
import { ORG } from '../../pods/members/standing.ts';
import type { Store } from '../../store/port.ts';
import { readsElsewhere, USE_TOOL } from '../../tools/action-tools.ts';
import { markRead, markReadHere, podsReadBy, refuseElsewhere } from '../gate/read-elsewhere.ts';
import { outsideText, shorten } from '../sessions/prompt.ts';
import { markOutside, type SessionDoc, turnId } from '../sessions/session.ts';
import type { ToolUse } from '../sessions/transcript.ts';
import { stopped } from './stopped.ts';
import { wordOf } from './word-of.ts';

export interface ToolResult {
  type: 'tool_result';
  tool_use_id: string;
  content: string;
  is_error?: true;
}

/** What a call did: text for the model, and the skill that came with it. */
export interface Used {
  text: string;
  ok: boolean;
  loaded?: { name: string; version: string };
}

export interface CallDeps {
  store: Store;
  read: Reader;
  act: Act;
  actions: ReadonlyMap<string, AnyAction>;
  /** Skills and MCP servers, behind the one frozen tool. */
  useTool(caller: Pick<Caller, 'session' | 'heard' | 'signal'>, key: string, input: unknown): Promise<Used>;
  log: Log;
}

/** One turn may ask for this many calls; more are answered, not run. */
export const MOST_CALLS = 40;

/** A longer result is cut: it stays in the context for the whole epoch. */
export const LONGEST_RESULT = 30_000;

export interface Caller {
  session: SessionDoc;
  /** The turn that asked. */
  n: number;
  /** Whose words the agent acts on, the newest last. */
  heard: readonly PersonId[];
  /** Actions this agent may call. */
  tools: readonly string[];
  /** The session lives in a person's own pod: it may read that person's other pods. */
  direct?: boolean;
  signal: AbortSignal;
}

/** Results in the order of the calls. Throws Retryable only when the store is away: the same calls then run again. */
export async function callTools(
  deps: CallDeps,
  caller: Caller,
  uses: readonly ToolUse[],
): Promise<{ results: ToolResult[]; loaded: { name: string; version: string }[] }> {
  const results: ToolResult[] = [];
  const loaded: { name: string; version: string }[] = [];
  for (const [place, use] of uses.entries()) {
    const session = { ...caller.session, loaded: [...caller.session.loaded, ...loaded] };
    const outcome =
      place < MOST_CALLS
        ? await callOne(deps, { ...caller, session }, use)
        : refusal(`Not run: at most ${MOST_CALLS} calls in one turn. Ask for fewer, in the order you need them.`);
    if (outcome.loaded) loaded.push(outcome.loaded);
    results.push(resultOf(use.id, outcome));
  }
  return { results, loaded };
}

export function resultOf(id: string, { ok, text }: Used): ToolResult {
  return { type: 'tool_result', tool_use_id: id, content: text, ...(ok ? {} : { is_error: true }) };
}

export function refusal(text: string): Used {
  return { text, ok: false };
}

async function callOne(deps: CallDeps, caller: Caller, use: ToolUse): Promise<Used> {
  const { session, n, signal } = caller;
  if (stopped(signal)) return refusal('Not run: a person stopped you.');
  signal.throwIfAborted();
  const key = `${turnId(session.id, session.epoch, n)}:${use.block}`;
  try {
    return use.name === USE_TOOL
      ? await deps.useTool(caller, key, use.input)
      : await callAction(deps, caller, use, key);
  } catch (error) {
    if (error instanceof Retryable) throw error;
    if (error instanceof Told) return refusal(error.message);
    logFailure(deps.log, 'warn', 'tool failed', error, { session: session.id, tool: use.name });
    return refusal('The tool failed inside Skein. Look whether it was done before you try again, and tell the person.');
  }
}

async function callAction(deps: CallDeps, caller: Caller, use: ToolUse, key: string): Promise<Used> {
  const { session, heard, tools } = caller;
  const own = tools.filter((name) => deps.actions.has(name) && !deps.actions.get(name)?.internal);
  const definition = own.includes(use.name) ? deps.actions.get(use.name) : undefined;
  if (!definition)
    return refusal(`There is no tool “${use.name}” for you. You have: ${[...own, USE_TOOL].join(', ')}.`);
  const { pod, input } = targetOf(definition, caller, use.input, key);
  await refuseElsewhere(deps, caller, definition, input);
  const { result } = await deps.act({
    pod,
    actor: session.agent,
    ...wordOf(heard),
    ...(session.outside ? { outside: true } : {}),
    via: 'model',
    action: use.name,
    input,
    key,
    home: session.pod,
    ...(pod === session.pod ? { conversation: session.conversation } : {}),
  });
  if (caller.direct) await noteSources(deps, session, podsReadBy(definition, pod, result));
  const shown = holdsOutside(result) ? await takenIn(deps.store, session, result) : result;
  return { text: shorten(JSON.stringify(shown), LONGEST_RESULT, 'Ask for less at a time.'), ok: true };
}

/** Before the session holds what was read. */
async function noteSources({ store, read }: CallDeps, session: SessionDoc, pods: readonly string[]): Promise<void> {
  await markRead(store, session, pods);
  if (pods.includes(session.pod)) await markReadHere(store, read, session);
}

/** Of a file that came with a mail all of its text. */
interface ReadText {
  file?: { name: string };
  text?: unknown;
}

/** Somewhere in it are words that no member wrote. */
function holdsOutside(result: unknown): result is ReadText {
  if (typeof result !== 'object' || result === null) return false;
  return ('outside' in result && result.outside === true) || Object.values(result).some(holdsOutside);
}

/** The session remembers it before it holds any of it: afterwards its hands are tied, whatever the model says. */
async function takenIn(store: Store, { id }: SessionDoc, result: ReadText): Promise<ReadText> {
  await markOutside(store, id);
  const { text, file } = result;
  return typeof text === 'string' ? { ...result, text: outsideText(file?.name ?? 'outside', text) } : result;
}

/** Only in a person's DM a read may name another pod; whether that person may read it is decided by act. */
function targetOf(definition: AnyAction, { session, heard, direct }: Caller, input: unknown, key: string) {
  if (definition.org) return { pod: ORG, input };
  if (definition.name === 'create_pod') return { pod: freePodId(key), input };
  if (direct && heard.length && readsElsewhere(definition) && hasPod(input)) {
    const { pod, ...rest } = input;
    return { pod: pod || session.pod, input: rest };
  }
  return { pod: session.pod, input };
}

function hasPod(input: unknown): input is { pod: string } {
  return typeof input === 'object' && input !== null && 'pod' in input && typeof input.pod === 'string';
}
