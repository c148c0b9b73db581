// The list of the sources of tools.
import { actionTools } from './from-actions/find-action.ts';
import { skillTools } from './from-skills/find-skill-tool.ts';
import { mcpTools } from './mcp/find-mcp-tool.ts';
import type { ToolSource } from './tool.ts';

export const SOURCES: readonly ToolSource[] = [actionTools, skillTools, mcpTools];
