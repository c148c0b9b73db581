// Lists the tools of a server for the model: those that are allowed and enabled, under their full names.
import { Retryable, reasonOf, UserFacingError } from '../../errors.ts';
import type { ToolFace } from '../../skills/load-skill.ts';
import { rulesOf, type ToolServer } from '../manifest.ts';
import type { McpTool } from './tools.ts';

export type Reached = { kind: 'tools'; tools: ToolFace[] } | { kind: 'missing'; why: string };

/** Returns the allowed tools of a server; if the server fails, a sentence that may quote it. */
export async function toolsOf(
  ports: { tools(server: string): Promise<readonly McpTool[]> },
  server: ToolServer,
  allows: (tool: string) => boolean,
): Promise<Reached> {
  try {
    const tools = await ports.tools(server.name);
    const open = tools.filter(({ name }) => allows(name) && rulesOf(server, name).policy !== 'deny');
    return { kind: 'tools', tools: open.map((tool) => ({ ...tool, name: `mcp:${server.name}/${tool.name}` })) };
  } catch (error) {
    if (error instanceof UserFacingError || error instanceof Retryable)
      return { kind: 'missing', why: reasonOf(error) };
    throw error;
  }
}
