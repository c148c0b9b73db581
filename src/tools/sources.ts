// Lists the sources of tools, in the order in which they are asked for a name.
import { actionTools } from './from-actions/find-action.ts';
import { skillTools } from './from-skills/find-skill-tool.ts';
import { mcpTools } from './mcp/find-mcp-tool.ts';
import { ownTools } from './stay-silent.ts';
import type { ToolSource } from './tool.ts';

export const SOURCES: readonly ToolSource[] = [ownTools, actionTools, skillTools, mcpTools];
