// How a session reaches skills and outside tools: `use_tool`, with the intent of a foreign call on record before it is made.
import { Retryable, reasonOf } from '../errors.ts';
import type { Reader } from '../pods/action.ts';
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import type { SkillDoc } from '../pods/views/skill.ts';
import type { LoadableSkill } from '../skills/load-skill.ts';
import type { Store } from '../store/port.ts';
import type { Audience, ToolServer } from '../tools/manifest.ts';
import type { McpServers } from '../tools/mcp-client.ts';
import { type ForeignCall, finishUseTool, prepareUseTool, type UseToolResult } from '../tools/use-tool.ts';
import type { Used } from './call-tools.ts';
import { agentOf, skillsOf } from './open-session.ts';
import { outsideText } from './prompt.ts';
import type { IntentDoc, SessionDoc } from './session.ts';

export interface ReachDeps {
  store: Store;
  read: Reader;
  servers: readonly ToolServer[];
  mcp: McpServers;
  clock(): number;
}

export async function useToolFor(
  deps: ReachDeps,
  session: SessionDoc,
  key: string,
  input: unknown,
  asker: ParticipantId | undefined,
  signal?: AbortSignal,
): Promise<Used> {
  const agent = await agentOf(deps.read, session.agent);
  const skills = await skillsOf(deps.read, agent);
  const ports = {
    servers: deps.servers,
    skills: skills.map(loadable),
    tools: (server: string) => deps.mcp.tools(server),
    readSkillFile: async (skill: LoadableSkill, path: string) =>
      skills.find((one) => one.name === skill.name)?.files.find((file) => file.path === path)?.text ?? '',
  };
  const prepared = await prepareUseTool(ports, { tools: agent.tools, loaded: session.loaded }, input);
  if (prepared.kind === 'result') return used(prepared.result);
  const refusal = await refused(deps.read, session, prepared.call, asker);
  if (refusal) return { ok: false, text: refusal };
  return used(await onRecord(deps, session, key, prepared.call, signal));
}

/** Made by whoever inserts the intent, once; afterwards its outcome is read, or nobody knows it. */
async function onRecord(
  deps: ReachDeps,
  session: SessionDoc,
  key: string,
  call: ForeignCall,
  signal: AbortSignal | undefined,
): Promise<UseToolResult> {
  const intents = deps.store.collection<IntentDoc>('intents');
  const [mine] = await intents.insert([{ id: key, rev: 1, session: session.id, at: deps.clock() }]);
  if (mine === 'exists') {
    const outcome = (await intents.get(key))?.outcome;
    if (outcome) return JSON.parse(outcome) as UseToolResult;
    return {
      ok: false,
      effect: call.effect,
      trust: 'member',
      unknown: true,
      text: `Skein stopped while mcp:${call.server}/${call.tool} was under way, so nobody knows whether it was done. Check before you call it again.`,
    };
  }
  const result = await made(deps, call, signal);
  await intents.replace({ id: key, rev: 1, session: session.id, at: deps.clock(), outcome: JSON.stringify(result) }, 1);
  return result;
}

async function made(deps: ReachDeps, call: ForeignCall, signal: AbortSignal | undefined): Promise<UseToolResult> {
  try {
    return finishUseTool(call, await deps.mcp.call({ ...call, ...(signal ? { signal } : {}) }));
  } catch (error) {
    // Not made at all: the model is told, and may try again later.
    const again = error instanceof Retryable ? ' It may work later.' : '';
    return {
      ok: false,
      effect: call.effect,
      trust: 'member',
      text: `The call was not made: ${reasonOf(error)}${again}`,
    };
  }
}

/** A result enters a session only if all readers of its pod may see it (DESIGN section 7); approvals are not given here. */
async function refused(
  read: Reader,
  session: SessionDoc,
  call: ForeignCall,
  asker: ParticipantId | undefined,
): Promise<string | undefined> {
  const name = `mcp:${call.server}/${call.tool}`;
  if (call.policy === 'ask')
    return `${name} needs a person's approval for each call, which can't be given here yet. Tell the person what you would call and with which input; they can do it themselves.`;
  if (await fits(read, session, call.audience, asker)) return undefined;
  return `Not everybody who can read this pod may see what ${name} returns, so it was not called. Its owner can widen the audience in the tool's manifest, or the person can ask in a pod of those who may.`;
}

async function fits(
  read: Reader,
  session: SessionDoc,
  audience: Audience,
  asker: ParticipantId | undefined,
): Promise<boolean> {
  if (audience.kind === 'everyone') return true;
  const pod = await read.get('pods', session.pod);
  if (audience.kind === 'pods')
    return audience.pods.includes(session.pod) || (pod !== undefined && audience.pods.includes(pod.name));
  // Named people: only where nobody else reads now or later, which is a person's own pod.
  const person = pod?.direct && isPerson(asker) ? await read.get('people', asker) : undefined;
  return (
    person !== undefined &&
    audience.people.some((name) => person.names.includes(name.toLowerCase()) || person.email === name.toLowerCase())
  );
}

function used({ ok, text, trust, server, tool, loaded }: UseToolResult): Used {
  const shown = trust === 'outside' ? outsideText([server, tool].filter(Boolean).join('/') || 'outside', text) : text;
  return { ok, text: shown, ...(loaded ? { loaded } : {}) };
}

/** A skill as the log keeps it; its version is its content's, whoever edited it. */
function loadable(doc: SkillDoc): LoadableSkill {
  return {
    name: doc.name,
    description: doc.description,
    metadata: {},
    allowedTools: doc.allowedTools,
    instructions: doc.instructions,
    files: doc.files.map(({ path, text }) => ({ path, size: Buffer.byteLength(text) })),
    digest: `v${doc.version}-${doc.digest ?? 'edited'}`,
  };
}
