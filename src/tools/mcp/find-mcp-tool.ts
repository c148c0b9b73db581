// Finds a tool of an MCP server by its full name, with the rules of the manifest.
import { toolFace } from '../../skills/load-skill.ts';
import { addressesIn } from '../destinations.ts';
import { checkInput } from '../json-schema.ts';
import { rulesOf, type ToolServer } from '../manifest.ts';
import { type Found, refused, type ToolCaller, type ToolDeps, type ToolSource, type ToolSpec } from '../tool.ts';
import { grantsFor, parseToolName } from '../tool-grants.ts';
import { callOnce } from './call-once.ts';
import { toolsOf } from './listing.ts';

export const mcpTools: ToolSource = {
  through: 'use_tool',
  async find(deps, caller, kit, name) {
    const parsed = parseToolName(name);
    if (parsed?.tool === undefined) return undefined;
    const grants = grantsFor({ tools: kit.tools, loaded: caller.loaded }, kit.skills);
    const server = deps.servers.find((one) => one.name === parsed.server);
    // Both cases get the same refusal. An agent that may not use a server must not learn whether it exists.
    if (!server || !grants.allows(server.name, parsed.tool)) return refused(grants.refusal(name));
    return foundAt(deps, caller, server, parsed.tool);
  },
};

async function foundAt(deps: ToolDeps, caller: ToolCaller, server: ToolServer, tool: string): Promise<Found> {
  const spec = specOf(server, tool);
  // The gate will refuse this call, so the server is not started for it.
  if (spec.policy === 'deny') return toolOf(deps, caller, server, tool, spec);
  const listed = await toolsOf(deps.mcp, server, () => true);
  // The reason may quote the server.
  if (listed.kind === 'missing') return refused(`${listed.why} The call was not made.`, server.trust);
  const found = listed.tools.find(({ name }) => name === spec.name);
  if (found) return toolOf(deps, caller, server, tool, { ...spec, ...found });
  return refused(
    `The server ${server.name} has no tool "${tool}". Ask {"tool": "list", "input": {"server": "${server.name}"}}.`,
  );
}

/** Builds the spec from the manifest alone, because the hints of a server are not trusted. */
function specOf(server: ToolServer, tool: string): ToolSpec {
  const { effect, egress, policy } = rulesOf(server, tool);
  const name = `mcp:${server.name}/${tool}`;
  return {
    ...{ name, title: name, description: '', inputSchema: {}, effect, egress, policy },
    audience: server.audience,
    trust: server.trust,
    destinations: (input) => addressesIn(input),
  };
}

function toolOf(deps: ToolDeps, caller: ToolCaller, server: ToolServer, tool: string, spec: ToolSpec): Found {
  return {
    kind: 'tool',
    tool: {
      ...spec,
      faultIn(input) {
        const check = checkInput(spec.inputSchema, input);
        if (check.kind !== 'invalid') return undefined;
        return `The input does not fit ${spec.name}; nothing was called.\n${check.problems}\nIt asks for: ${toolFace(spec)}`;
      },
      run: async (input, key) => ({
        kind: 'text',
        result: await callOnce(deps, caller, { server, tool, spec, input: input as Record<string, unknown> }, key),
      }),
    },
  };
}
