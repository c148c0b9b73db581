// Requests the tool list of an MCP server. The answer is untrusted: each tool is parsed on its own, and sizes are
// limited.

import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import * as z from 'zod';
import { head } from '../../log/well-formed.ts';
import type { Logger } from '../../logger.ts';
import type { ToolServer } from '../manifest.ts';

export interface McpTool {
  name: string;
  description: string;
  inputSchema: unknown;
}

/** Limits for a tool list. The model pays for each character, and a server may return endless pages. */
const LIMITS = { pages: 20, tools: 500, description: 2000, schema: 50_000 };

const page = z.looseObject({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

const listed = z.looseObject({
  name: z.string().regex(/^[^\s"<>]{1,128}$/),
  description: z.string().default(''),
  inputSchema: z.looseObject({}),
  execution: z.looseObject({ taskSupport: z.string().optional() }).optional(),
});

export async function listTools(client: Client, server: ToolServer, logger: Logger): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < LIMITS.pages && tools.length < LIMITS.tools; pages++) {
    // Uses `request` and not `client.listTools`, which refuses the whole list for one invalid tool and compiles the
    // server's output schemas.
    const params = cursor === undefined ? {} : { cursor };
    const found = await client.request({ method: 'tools/list', params }, page, { timeout: server.timeoutMs });
    for (const entry of found.tools) {
      const tool = readTool(entry);
      if (tool) tools.push(tool);
      else logger.warn('tool of a server left out', { server: server.name, tool: nameOf(entry) });
    }
    cursor = found.nextCursor;
    if (cursor === undefined) break;
  }
  return tools.slice(0, LIMITS.tools);
}

function readTool(entry: unknown): McpTool | undefined {
  const parsed = listed.safeParse(entry);
  if (!parsed.success) return undefined;
  const { name, description, inputSchema, execution } = parsed.data;
  // A tool that requires this runs only as an MCP task, an experimental feature that the next version of MCP drops.
  if (execution?.taskSupport === 'required') return undefined;
  if (JSON.stringify(inputSchema).length > LIMITS.schema) return undefined;
  return { name, description: head(description, LIMITS.description), inputSchema };
}

function nameOf(entry: unknown): string {
  const name = (entry as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? head(name, 80) : 'without a name';
}
