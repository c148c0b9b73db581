// The tools of a server as a model may see them: allowed and not switched off, under their full names.
import { Retryable, reasonOf, UserFacingError } from '../../errors.ts';
import type { ToolFace } from '../../skills/load-skill.ts';
import { rulesOf, type ToolServer } from '../manifest.ts';
import type { McpTool } from './tools.ts';

export type Reached = { kind: 'tools'; tools: ToolFace[] } | { kind: 'missing'; why: string };

/** The server's tools that are allowed and not switched off; a server that fails gives a sentence, in part its own words. */
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
