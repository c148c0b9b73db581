// `use_tool`: the one tool through which a model uses skills and MCP servers, so that its list of tools never changes.
import * as z from 'zod';

export const USE_TOOL = 'use_tool';

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

/**
 * True for a name that is called through `use_tool`. Such a name begins with its source, as in `mcp:crm/find`; the name
 * of an action has no colon.
 */
export function throughUseTool(name: string): boolean {
  return name.includes(':');
}
