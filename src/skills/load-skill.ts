// The result of load_skill for the model: the instructions of a skill, its list of files, and the schemas of its tools.

import { InvalidInput, NotFound } from '../errors.ts';
import type { Held } from '../log/view.ts';
import { head } from '../log/well-formed.ts';
import { escapeXml } from './catalogue.ts';
import type { ParsedSkill } from './parse-skill.ts';

export interface LoadableSkill extends ParsedSkill {
  /** `text` is absent for a binary file. */
  files: readonly { path: string; size: number; text?: string }[];
  hash: string;
  author?: string;
  /** The skill's document, in this version. */
  held?: Held;
}

export interface ToolFace {
  /** The name by which use_tool calls the tool: `mcp:crm/find`. */
  name: string;
  description: string;
  inputSchema: unknown;
}

/**
 * Returns the version of a skill: the beginning of its hash, short enough to read and long enough to be unique among
 * the skill's versions.
 */
export function versionOf(skill: Pick<LoadableSkill, 'hash'>): string {
  return skill.hash.slice(0, 12);
}

/**
 * Returns the text for the model. `tools`: the skill's allowed tools that use_tool can reach now. `missing`: sentences
 * about the others.
 */
export function skillContent(
  skill: LoadableSkill,
  { tools, missing }: { tools: readonly ToolFace[]; missing: readonly string[] },
): string {
  const lines = [
    `<skill_content name="${escapeXml(skill.name)}" version="${versionOf(skill)}">`,
    // Closing tags in the instructions are escaped: a skill could otherwise end the element and pose as Skein.
    skill.instructions.replace(/<(\/?)(skill_content|skill_resources|skill_tools)/gi, '&lt;$1$2'),
    '</skill_content>',
  ];
  if (skill.files.length > 0) {
    lines.push(
      '<skill_resources>',
      ...skill.files.map(
        ({ path, size, text }) =>
          `  <file path="${escapeXml(path)}" bytes="${size}"${text === undefined ? ' text="no"' : ''}/>`,
      ),
      '</skill_resources>',
      `Read one of these files, when the instructions ask for it, with use_tool {"tool": "load_skill", "input": {"name": "${skill.name}", "file": "<path>"}}.`,
    );
  }
  if (tools.length > 0) {
    lines.push('<skill_tools>', ...tools.map(toolFace), '</skill_tools>', 'Call these tools through use_tool.');
  }
  return [...lines, ...missing].join('\n');
}

/**
 * Returns the text of a skill's file. @throws NotFound for a path that the skill does not list, InvalidInput for a
 * binary file
 */
export function skillFile(skill: Pick<LoadableSkill, 'name' | 'hash' | 'files'>, path: string): string {
  const file = skill.files.find((one) => one.path === path);
  if (!file) {
    const known = skill.files.map((one) => one.path).join(', ') || 'none';
    throw new NotFound(`The skill ${skill.name} has no file "${path}". Its files are: ${known}.`);
  }
  if (file.text === undefined)
    throw new InvalidInput(
      `${path} of the skill ${skill.name} is no text, so it can't be read here. Go on without it.`,
    );
  return [
    `<skill_file name="${escapeXml(skill.name)}" version="${versionOf(skill)}" path="${escapeXml(path)}">`,
    file.text.replace(/<(\/?)skill_file/gi, '&lt;$1skill_file').trimEnd(),
    '</skill_file>',
  ].join('\n');
}

/** Returns a tool as one line of JSON, so that its description can't close the list around it. */
export function toolFace({ name, description, inputSchema }: ToolFace): string {
  return JSON.stringify({ tool: name, description: head(description, 2000), input: inputSchema }).replace(
    /</g,
    '\\u003c',
  );
}
