// Builds the answers of `list` (the available tools and skills) and `load_skill` (the instructions of a skill).

import * as z from 'zod';
import { NotFound } from '../../errors.ts';
import type { Trust } from '../../log/labels/label.ts';
import type { Shown } from '../../log/view.ts';
import {
  type LoadableSkill,
  skillContent,
  skillFile,
  type ToolFace,
  toolFace,
  versionOf,
} from '../../skills/load-skill.ts';
import type { ToolServer } from '../manifest.ts';
import { toolsOf } from '../mcp/listing.ts';
import type { McpTool } from '../mcp/tools.ts';
import { grantsFor, parseToolName, type ToolName } from '../tool-grants.ts';

export interface LookUps {
  /** The servers that are not disabled. */
  servers: readonly ToolServer[];
  /** The skills that this session may load. */
  skills: readonly LoadableSkill[];
  tools(server: string): Promise<readonly McpTool[]>;
}

export interface ToolUser {
  /** The names of the tools in the agent's manifest. */
  tools: readonly string[];
  /** The skills loaded in this epoch. The agent may use the tools that they allow, beside those of its manifest. */
  loaded: readonly { name: string; version: string }[];
}

export interface Answer {
  text: string;
  trust: Trust;
  loaded?: { name: string; version: string };
  shows?: Shown;
}

export const listInput = z.strictObject({ server: z.string().optional() });

/** Lists the tools and skills that an agent may use. Throws NotFound for a server that it may not use. */
export async function listTools(
  ports: LookUps,
  user: ToolUser,
  { server: only }: z.output<typeof listInput>,
): Promise<Answer> {
  const grants = grantsFor(user, ports.skills);
  const mine = ports.servers.filter(({ name }) => grants.touches(name));
  const shown = only === undefined ? mine : mine.filter(({ name }) => name === only);
  if (only !== undefined && shown.length === 0) throw new NotFound(grants.refusal(`mcp:${only}`));
  const lines: string[] = [];
  if (only === undefined) {
    for (const skill of ports.skills) lines.push(skillLine(skill));
  }
  for (const server of shown) {
    lines.push(`server ${server.name}: ${server.description}`);
    const reached = await toolsOf(ports, server, (tool) => grants.allows(server.name, tool));
    if (reached.kind === 'missing') lines.push(reached.why);
    else if (only !== undefined) lines.push(...reached.tools.map(toolFace));
    else lines.push(...reached.tools.map(({ name, description }) => `${name}: ${firstLine(description)}`));
  }
  return {
    text: lines.join('\n') || 'There is nothing to use here: no skills and no servers are yours.',
    trust: trustOf(shown),
  };
}

export const loadInput = z.strictObject({ name: z.string(), file: z.string().optional() });

/**
 * Returns a skill's instructions, or one of its files. Throws NotFound if there is no such skill or file, InvalidInput
 * if the file is no text.
 */
export async function loadSkill(
  ports: LookUps,
  user: ToolUser,
  { name: wanted, file }: z.output<typeof loadInput>,
): Promise<Answer> {
  const skill = ports.skills.find(({ name }) => name === wanted);
  if (!skill) {
    const known = ports.skills.map(({ name }) => name).join(', ') || 'none';
    throw new NotFound(`You have no skill "${wanted}". Yours are: ${known}.`);
  }
  const shows = skill.held ? { whole: [skill.held] } : {};
  if (file !== undefined) return { text: skillFile(skill, file), trust: 'member', shows };
  const version = versionOf(skill);
  if (user.loaded.some((one) => one.name === skill.name && one.version === version)) {
    return { text: `The skill ${skill.name}, version ${version}, is loaded already: read it above.`, trust: 'member' };
  }
  const tools: ToolFace[] = [];
  const missing: string[] = [];
  const servers: ToolServer[] = [];
  for (const name of serverNames(skill.allowedTools)) {
    const server = ports.servers.find((one) => one.name === name);
    if (!server) {
      missing.push(
        `The skill asks for the tool server ${name}, which is not set up here. Say so if the work needs it.`,
      );
      continue;
    }
    const granted = grantsFor({ tools: [], loaded: [{ name: skill.name, version }] }, [skill]);
    const reached = await toolsOf(ports, server, (tool) => granted.allows(name, tool));
    servers.push(server);
    if (reached.kind === 'missing') missing.push(reached.why);
    else tools.push(...reached.tools);
  }
  return {
    text: skillContent(skill, { tools, missing }),
    trust: trustOf(servers),
    loaded: { name: skill.name, version },
    shows,
  };
}

function serverNames(allowedTools: readonly string[]): string[] {
  const names = allowedTools.map(parseToolName).filter((name): name is ToolName => name !== undefined);
  return [...new Set(names.map(({ server }) => server))];
}

function trustOf(servers: readonly ToolServer[]): Trust {
  return servers.some(({ trust }) => trust === 'outside') ? 'outside' : 'member';
}

/** Returns one line: the skill's name and its description, quoted as the words of its author. */
function skillLine({ name, description, author }: LoadableSkill): string {
  const words = description.trim().replace(/\s+/g, ' ');
  return author ? `skill ${name}, in the words of ${author}: “${words}”` : `skill ${name}: ${words}`;
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}
