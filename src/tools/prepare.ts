// The first step of every call: finds the caller's tool and validates the input. It has no effect.
import * as z from 'zod';
import { GO_AHEAD } from './go-ahead.ts';
import { SOURCES } from './sources.ts';
import { STAY_SILENT } from './stay-silent.ts';
import { type Found, type Kit, refused, type Tool, type ToolCaller, type ToolDeps, type ToolSource } from './tool.ts';
import { USE_TOOL, useToolInput } from './use-tool.ts';

/** The call as the model wrote it. */
export interface Asked {
  name: string;
  input: unknown;
}

export type Prepared = { kind: 'ready'; tool: Tool; input: unknown } | Extract<Found, { kind: 'refused' }>;

export async function prepare(deps: ToolDeps, caller: ToolCaller, asked: Asked): Promise<Prepared> {
  if (asked.name === USE_TOOL) return prepareUseTool(deps, caller, asked.input);
  const { name, input } = asked;
  const found = await find('name', deps, caller, { tools: caller.tools, skills: [] }, name);
  return found ? fitting(found, input) : refused(`There is no tool “${name}” for you. ${yours(deps, caller)}`);
}

async function prepareUseTool(deps: ToolDeps, caller: ToolCaller, request: unknown): Promise<Prepared> {
  const parsed = useToolInput.safeParse(request);
  if (!parsed.success)
    return refused(`use_tool takes { tool, input }, with input an object.\n${z.prettifyError(parsed.error)}`);
  const { tool: name, input = {} } = parsed.data;
  const found = await find('use_tool', deps, caller, await deps.kitOf(caller.agent), name);
  if (found) return fitting(found, input);
  return refused(
    `use_tool knows no "${name}". Actions are called by their own name; ask {"tool": "list"} for the others.`,
  );
}

async function find(
  through: ToolSource['through'],
  deps: ToolDeps,
  caller: ToolCaller,
  kit: Kit,
  name: string,
): Promise<Found | undefined> {
  for (const source of SOURCES) {
    const found = source.through === through ? await source.find(deps, caller, kit, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function fitting(found: Found, input: unknown): Prepared {
  if (found.kind === 'refused') return found;
  const { tool } = found;
  const fault = tool.faultIn(input);
  return fault === undefined ? { kind: 'ready', tool, input } : refused(fault, tool.trust);
}

function yours({ actions }: ToolDeps, { tools }: ToolCaller): string {
  const own = tools.filter((name) => actions.get(name)?.internal !== true && actions.has(name));
  return `You have: ${[...own, STAY_SILENT, GO_AHEAD, USE_TOOL].join(', ')}.`;
}
