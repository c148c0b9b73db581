// The one frozen tool through which skills and MCP servers are reached: resolves, validates and authorises; never throws, a failure is a text the model can act on.

import * as z from 'zod';
import { Retryable, Told } from '../errors.ts';
import { toolFace } from '../skills/load-skill.ts';
import { checkInput } from './json-schema.ts';
import { type Audience, type Effect, rulesOf, type Trust } from './manifest.ts';
import type { McpOutcome } from './mcp/client.ts';
import { type Found, type LookUps, listTools, loadSkill, type ToolUser, toolsOf } from './tool-answers.ts';
import { grantsFor, parseToolName } from './tool-grants.ts';

export const USE_TOOL_DESCRIPTION = [
  'Reach skills and the tools of outside systems.',
  '{"tool": "list"} shows the tools you may use; with {"input": {"server": "<name>"}} it shows their inputs too.',
  '{"tool": "load_skill", "input": {"name": "<skill>"}} gives the instructions of a skill; add "file" for one of its files.',
  '{"tool": "mcp:<server>/<tool>", "input": {…}} calls a tool.',
].join(' ');

export const useToolInput = z.strictObject({
  tool: z.string().min(1).describe('list, load_skill, or mcp:<server>/<tool>'),
  input: z.record(z.string(), z.unknown()).optional().describe('What the tool asks for'),
});

/** One call to an outside tool, checked and allowed. Who makes it records the intent first, asks for approval where `policy` is `ask`, and keeps to the audience. */
export interface ForeignCall {
  server: string;
  tool: string;
  input: Record<string, unknown>;
  effect: Effect;
  /** Its input leaves the organisation; undefined where the manifest says nothing. */
  egress?: boolean;
  policy: 'allow' | 'ask';
  audience: Audience;
  trust: Trust;
  timeoutMs: number;
}

export interface UseToolResult {
  ok: boolean;
  text: string;
  /** `outside` as soon as a word in `text` comes from a server that is not trusted. */
  trust: Trust;
  server?: string;
  tool?: string;
  /** A skill whose instructions are in `text`: the session keeps it in `ToolUser.loaded`. */
  loaded?: { name: string; version: string };
}

export type Prepared = { kind: 'result'; result: UseToolResult } | { kind: 'call'; call: ForeignCall };

/** All that comes before an outside call; what needs none is answered at once. Nothing here has an effect outside. */
export async function prepareUseTool(ports: LookUps, user: ToolUser, request: unknown): Promise<Prepared> {
  const parsed = useToolInput.safeParse(request);
  if (!parsed.success) {
    return refused(`use_tool takes { tool, input }, with input an object.\n${z.prettifyError(parsed.error)}`);
  }
  const { tool, input = {} } = parsed.data;
  try {
    if (tool === 'list') return result(await listTools(ports, user, input));
    if (tool === 'load_skill') return result(await loadSkill(ports, user, input));
    const name = parseToolName(tool);
    if (name?.tool === undefined) {
      return refused(
        `use_tool knows no "${tool}". Actions are called by their own name; ask {"tool": "list"} for the others.`,
      );
    }
    return await prepareCall(ports, user, { server: name.server, tool: name.tool }, input);
  } catch (error) {
    if (error instanceof Told || error instanceof Retryable) return refused(error.message);
    throw error;
  }
}

export function finishUseTool({ server, tool, trust }: ForeignCall, outcome: McpOutcome): UseToolResult {
  return { ok: !outcome.isError, text: outcome.text, trust, server, tool };
}

async function prepareCall(
  ports: LookUps,
  user: ToolUser,
  { server: serverName, tool }: { server: string; tool: string },
  input: Record<string, unknown>,
): Promise<Prepared> {
  const full = `mcp:${serverName}/${tool}`;
  const grants = grantsFor(user, ports.skills);
  const server = ports.servers.find(({ name }) => name === serverName);
  // Whether a server exists is not told to agents that may not use it.
  if (!server || !grants.allows(serverName, tool)) return refused(grants.refusal(full));
  const rules = rulesOf(server, tool);
  const { policy } = rules;
  if (policy === 'deny')
    return refused(`${full} is switched off in the server's manifest. Do without it, or ask the owner.`);
  const listed = await toolsOf(ports, server, () => true);
  // The reason may hold the server's own words.
  if (listed.kind === 'missing') return refused(`${listed.why} The call was not made.`, server.trust);
  const found = listed.tools.find(({ name }) => name === full);
  if (!found) {
    return refused(
      `The server ${serverName} has no tool "${tool}". Ask {"tool": "list", "input": {"server": "${serverName}"}}.`,
    );
  }
  const check = checkInput(found.inputSchema, input);
  if (check.kind === 'invalid') {
    const face = toolFace(found);
    return refused(
      `The input does not fit ${full}; nothing was called.\n${check.problems}\nIt asks for: ${face}`,
      server.trust,
    );
  }
  const { audience, trust, timeoutMs } = server;
  return {
    kind: 'call',
    call: { server: serverName, tool, input, ...rules, policy, audience, trust, timeoutMs },
  };
}

function result(found: Found): Prepared {
  return { kind: 'result', result: { ok: true, ...found } };
}

function refused(text: string, trust: Trust = 'member'): Prepared {
  return { kind: 'result', result: { ok: false, text, trust } };
}
