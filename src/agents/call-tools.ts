// The calls of one model turn: each is prepared, carried out once, and answered with a result the model can read.
import { Retryable, reasonOf, Told } from '../errors.ts';
import type { Act } from '../pods/act.ts';
import type { AnyAction } from '../pods/action.ts';
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import { ORG } from '../pods/standing.ts';
import { USE_TOOL } from '../tools/action-tools.ts';
import { type SessionDoc, turnId } from './session.ts';
import type { ToolUse } from './transcript.ts';

export interface ToolResult {
  type: 'tool_result';
  tool_use_id: string;
  content: string;
  is_error?: true;
}

/** What `use_tool` did: text for the model, and the skill that came with it. */
export interface Used {
  text: string;
  ok: boolean;
  loaded?: { name: string; version: string };
}

export interface CallDeps {
  act: Act;
  actions: ReadonlyMap<string, AnyAction>;
  /** Skills and MCP servers, behind the one frozen tool. */
  useTool(session: SessionDoc, key: string, input: unknown, asker: ParticipantId | undefined): Promise<Used>;
  log(phrase: string, fields: Record<string, unknown>): void;
}

/** One turn may ask for this many calls; more are answered, not run. */
export const MOST_CALLS = 40;

/** A result longer than this is cut: it stays in the context for the whole epoch. */
const LONGEST_RESULT = 30_000;

export interface Caller {
  session: SessionDoc;
  /** The turn that asked. */
  n: number;
  asker: ParticipantId | undefined;
  /** Actions this agent may call. */
  tools: readonly string[];
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
    const outcome =
      place < MOST_CALLS
        ? await callOne(deps, caller, use)
        : refusal(`Not run: at most ${MOST_CALLS} calls in one turn. Ask for fewer, in the order you need them.`);
    if (outcome.loaded) loaded.push(outcome.loaded);
    results.push({
      type: 'tool_result',
      tool_use_id: use.id,
      content: shorten(outcome.text),
      ...(outcome.ok ? {} : { is_error: true }),
    });
  }
  return { results, loaded };
}

function refusal(text: string): Used {
  return { text, ok: false };
}

async function callOne(deps: CallDeps, caller: Caller, use: ToolUse): Promise<Used> {
  const { session, n, asker, tools, signal } = caller;
  if (signal.aborted) throw signal.reason;
  const key = `${turnId(session.id, session.epoch, n)}:${use.block}`;
  try {
    if (use.name === USE_TOOL) return await deps.useTool(session, key, use.input, asker);
    const definition = deps.actions.get(use.name);
    if (!definition || definition.internal || !tools.includes(use.name))
      return refusal(`There is no tool “${use.name}” for you. You have: ${[...tools, USE_TOOL].join(', ')}.`);
    const { pod, input } = targetOf(definition, session, use.input);
    const { result } = await deps.act({
      pod,
      actor: session.agent,
      ...(isPerson(asker) ? { onBehalfOf: asker } : {}),
      via: 'model',
      action: use.name,
      input,
      key,
      home: session.pod,
      ...(pod === session.pod ? { conversation: session.conversation } : {}),
    });
    return { text: JSON.stringify(result), ok: true };
  } catch (error) {
    if (error instanceof Retryable) throw error;
    if (!(error instanceof Told))
      deps.log('tool failed', { session: session.id, tool: use.name, reason: reasonOf(error) });
    return refusal(
      error instanceof Told ? error.message : 'The tool failed inside Skein; it was not done. Tell the person.',
    );
  }
}

/** Reads in a DM may name another pod; whether that person may read it is decided by act. */
function targetOf(definition: AnyAction, session: SessionDoc, input: unknown): { pod: string; input: unknown } {
  if (definition.org) return { pod: ORG, input };
  if (definition.effect === 'read' && typeof input === 'object' && input !== null && 'pod' in input) {
    const { pod, ...rest } = input as { pod: unknown };
    return { pod: typeof pod === 'string' && pod ? pod : session.pod, input: rest };
  }
  return { pod: session.pod, input };
}

function shorten(text: string): string {
  if (text.length <= LONGEST_RESULT) return text;
  return `${text.slice(0, LONGEST_RESULT)}\n… cut here: ${text.length - LONGEST_RESULT} more characters. Ask for less at a time.`;
}
