// How a session reaches skills and outside tools: `use_tool`, with the intent of a foreign call on record before it is made.
import { Retryable, Told } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { SkillDoc } from '../../pods/skill-definitions/skill.ts';
import type { LoadableSkill } from '../../skills/load-skill.ts';
import type { Collection, Store } from '../../store/port.ts';
import type { ToolServer } from '../../tools/manifest.ts';
import type { McpServers } from '../../tools/mcp/client.ts';
import { type ForeignCall, finishUseTool, prepareUseTool, type UseToolResult } from '../../tools/use-tool.ts';
import { type CalledFor, refusalOf, rightsMissing, toolName } from '../gate/tool-refusal.ts';
import { agentOf, skillsOf, withAuthors } from '../sessions/open-session.ts';
import { outsideText, shorten } from '../sessions/prompt.ts';
import { type IntentDoc, markOutside, type SessionDoc } from '../sessions/session.ts';
import { LONGEST_RESULT, type Used } from './call-tools.ts';

export interface ReachDeps {
  store: Store;
  read: Reader;
  servers: readonly ToolServer[];
  mcp: McpServers;
  clock(): number;
}

export async function useToolFor(
  deps: ReachDeps,
  asked: CalledFor & { signal?: AbortSignal },
  key: string,
  input: unknown,
): Promise<Used> {
  const { session, signal } = asked;
  // Done already, whatever has changed since: a crash left the answer unread.
  const known = await intentsOf(deps).get(key);
  if (known) return takenIn(deps, session, outcomeOf(known));
  const powerless = await rightsMissing(deps.read, asked);
  if (powerless) return { ok: false, text: powerless };
  const agent = await agentOf(deps.read, session.agent);
  const skills = await withAuthors(deps.read, await skillsOf(deps.read, agent));
  const ports = {
    servers: deps.servers,
    skills: skills.map(loadable),
    tools: (server: string) => deps.mcp.tools(server),
  };
  const prepared = await prepareUseTool(ports, { tools: agent.tools, loaded: session.loaded }, input);
  if (prepared.kind === 'result') return takenIn(deps, session, cut(prepared.result));
  const refusal = await refusalOf(deps, asked, prepared.call);
  if (refusal) return { ok: false, text: refusal };
  return takenIn(deps, session, await onRecord(deps, session, key, prepared.call, signal));
}

/** Made by whoever inserts the intent, once; afterwards its outcome is read, or nobody knows it. */
async function onRecord(
  deps: ReachDeps,
  session: SessionDoc,
  key: string,
  call: ForeignCall,
  signal: AbortSignal | undefined,
): Promise<UseToolResult> {
  const intents = intentsOf(deps);
  const intent: IntentDoc = { id: key, rev: 1, session: session.id, tool: toolName(call), at: deps.clock() };
  const [mine] = await intents.insert([intent]);
  if (mine === 'exists') return outcomeOf((await intents.get(key)) ?? intent);
  const result = await made(deps, call, signal);
  await intents.replace({ ...intent, at: deps.clock(), outcome: JSON.stringify(result) }, 1);
  return result;
}

function intentsOf({ store }: ReachDeps): Collection<IntentDoc> {
  return store.collection<IntentDoc>('intents');
}

function outcomeOf({ outcome, tool = 'the tool' }: IntentDoc): UseToolResult {
  if (outcome) return JSON.parse(outcome) as UseToolResult;
  const text = `Skein stopped while ${tool} was under way, so nobody knows whether it was done. Check before you call it again.`;
  return { ok: false, trust: 'member', text };
}

async function made(deps: ReachDeps, call: ForeignCall, signal: AbortSignal | undefined): Promise<UseToolResult> {
  try {
    return cut(finishUseTool(call, await deps.mcp.call({ ...call, ...(signal ? { signal } : {}) })));
  } catch (error) {
    if (!(error instanceof Told || error instanceof Retryable)) throw error;
    // Not made at all: the model is told, and may try again later. The reason may hold the server's own words.
    const { trust, server, tool } = call;
    const again = error instanceof Retryable ? ' It may work later.' : '';
    return { ok: false, trust, server, tool, text: `The call was not made: ${error.message}${again}` };
  }
}

/** Before it is put on record: what it says of the rest is true for whoever reads it later. */
function cut(result: UseToolResult): UseToolResult {
  return { ...result, text: shorten(result.text, LONGEST_RESULT, 'Ask for less at a time.') };
}

/** The session remembers text from outside before it holds any: afterwards its hands are tied, whatever the model says. */
async function takenIn(deps: ReachDeps, session: SessionDoc, result: UseToolResult): Promise<Used> {
  const { ok, text, trust, server, tool, loaded } = result;
  const more = loaded ? { loaded } : {};
  if (trust !== 'outside') return { ok, text, ...more };
  await markOutside(deps.store, session.id);
  return { ok, text: outsideText([server, tool].filter(Boolean).join('/') || 'outside', text), ...more };
}

/** A skill as the log keeps it; its version is its content's, whoever edited it. */
function loadable(doc: SkillDoc & { author: string }): LoadableSkill {
  return {
    name: doc.name,
    author: doc.author,
    description: doc.description,
    metadata: {},
    allowedTools: doc.allowedTools,
    instructions: doc.instructions,
    files: doc.files.map((file) => ('text' in file ? { ...file, size: Buffer.byteLength(file.text) } : file)),
    hash: `v${doc.version}-${doc.hash ?? 'edited'}`,
  };
}
