// How a session reaches skills and outside tools: `use_tool`, with the intent of a foreign call on record before it is made.
import { Retryable, Told } from '../errors.ts';
import type { Reader } from '../pods/action.ts';
import { peopleOf } from '../pods/directory.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import type { SkillDoc } from '../pods/views/skill.ts';
import type { LoadableSkill } from '../skills/load-skill.ts';
import type { Store } from '../store/port.ts';
import type { Audience, ToolServer } from '../tools/manifest.ts';
import type { McpServers } from '../tools/mcp-client.ts';
import { type ForeignCall, finishUseTool, prepareUseTool, type UseToolResult } from '../tools/use-tool.ts';
import { LONGEST_RESULT, type Used } from './call-tools.ts';
import { agentOf, skillsOf } from './open-session.ts';
import { outsideText, shorten } from './prompt.ts';
import { type IntentDoc, markOutside, type SessionDoc } from './session.ts';

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
  signal?: AbortSignal,
): Promise<Used> {
  const agent = await agentOf(deps.read, session.agent);
  const skills = await skillsOf(deps.read, agent);
  const ports = {
    servers: deps.servers,
    skills: skills.map(loadable),
    tools: (server: string) => deps.mcp.tools(server),
  };
  const prepared = await prepareUseTool(ports, { tools: agent.tools, loaded: session.loaded }, input);
  if (prepared.kind === 'result') return takenIn(deps, session, cut(prepared.result));
  const refusal = await refused(deps.read, session, prepared.call);
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
  const intents = deps.store.collection<IntentDoc>('intents');
  const intent: IntentDoc = { id: key, rev: 1, session: session.id, tool: nameOf(call), at: deps.clock() };
  const [mine] = await intents.insert([intent]);
  if (mine === 'exists') {
    const outcome = (await intents.get(key))?.outcome;
    if (outcome) return JSON.parse(outcome) as UseToolResult;
    const text = `Skein stopped while ${nameOf(call)} was under way, so nobody knows whether it was done. Check before you call it again.`;
    return { ok: false, trust: 'member', text };
  }
  const result = await made(deps, call, signal);
  await intents.replace({ ...intent, at: deps.clock(), outcome: JSON.stringify(result) }, 1);
  return result;
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

/** Why a call may not be made here (DESIGN section 7); approvals are not given yet. */
async function refused(read: Reader, session: SessionDoc, call: ForeignCall): Promise<string | undefined> {
  const name = nameOf(call);
  if (call.policy === 'ask')
    return `${name} needs a person's approval for each call, which can't be given here yet. Tell the person what you would call and with which input; they can do it themselves.`;
  if (call.effect === 'outside' && session.outside)
    return `${name} acts outside, and this conversation has taken in text from outside, so each call would need a person's approval, which can't be given here yet. Tell the person what you would call and with which input. If it only reads, the owner of its manifest can say so there (effect: read).`;
  if (await fits(read, session, call.audience)) return undefined;
  return `Not everybody who can read this pod may see what ${name} returns, so it was not called. Its owner can widen the audience in the tool's manifest (this pod is ${session.pod}), or the person can ask in a pod of those who may.`;
}

/** A result enters a session only if all readers of its pod may see it. */
async function fits(read: Reader, { pod: id }: SessionDoc, audience: Audience): Promise<boolean> {
  // Everyone of this organisation.
  if (audience.kind === 'everyone') return !(await readersOf(read, id)).some((reader) => reader.foreign);
  const pod = await read.get('pods', id);
  if (!pod) return false;
  // By what nobody can take for themselves: anyone may call a pod by another's name.
  if (audience.kind === 'pods')
    return audience.pods.some((name) => name === id || (pod.place.kind === 'slack' && name === pod.place.channel));
  // Named people: only where nobody else reads now or later, which is a person's own pod.
  if (!pod.direct) return false;
  const people = await readersOf(read, id);
  const named = audience.people.map((name) => name.toLowerCase().replace(/^@/, ''));
  return (
    people.length > 0 &&
    people.every((one) => [one.id, one.handle, one.email].some((name) => name && named.includes(name.toLowerCase())))
  );
}

async function readersOf(read: Reader, pod: string): Promise<PersonDoc[]> {
  const members = (await read.find('members', { where: { pod } })).filter((one) => one.state === 'in');
  return peopleOf(
    read,
    members.map(({ who }) => who),
  );
}

function nameOf({ server, tool }: ForeignCall): string {
  return `mcp:${server}/${tool}`;
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
function loadable(doc: SkillDoc): LoadableSkill {
  return {
    name: doc.name,
    description: doc.description,
    metadata: {},
    allowedTools: doc.allowedTools,
    instructions: doc.instructions,
    files: doc.files.map((file) => ('text' in file ? { ...file, size: Buffer.byteLength(file.text) } : file)),
    hash: `v${doc.version}-${doc.hash ?? 'edited'}`,
  };
}
