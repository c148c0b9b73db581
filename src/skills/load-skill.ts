// The result of load_skill for the model: the instructions of a skill, its list of files, and the schemas of its tools.

import { InvalidInput, NotFound } from '../errors.ts';
import { head } from '../log/well-formed.ts';
import { escapeXml } from './catalogue.ts';
import type { ParsedSkill } from './parse-skill.ts';

export interface LoadableSkill extends ParsedSkill {
  /** `text` is absent for a binary file. */
  files: readonly { path: string; size: number; text?: string }[];
  hash: string;
  author?: string;
}

export interface ToolFace {
  /** The name for use_tool: `mcp:crm/find`. */
  name: string;
  description: string;
  inputSchema: unknown;
}

/** The beginning of the hash: short enough to read, and long enough to be unique among the versions of a skill. */
export function versionOf(skill: Pick<LoadableSkill, 'hash'>): string {
  return skill.hash.slice(0, 12);
}

/** `tools`: the skill's allowed tools that use_tool can reach now. `missing`: sentences about the others. */
export function skillContent(
  skill: LoadableSkill,
  { tools, missing }: { tools: readonly ToolFace[]; missing: readonly string[] },
): string {
  const lines = [
    `<skill_content name="${escapeXml(skill.name)}" version="${versionOf(skill)}">`,
    // A skill that closes the element itself could pass off its text as that of Skein.
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

/** @throws NotFound for a path that the skill does not list, InvalidInput for a binary file */
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

/** One line of JSON per tool, so that a description can't close the list around it. */
export function toolFace({ name, description, inputSchema }: ToolFace): string {
  return JSON.stringify({ tool: name, description: head(description, 2000), input: inputSchema }).replace(
    /</g,
    '\\u003c',
  );
}
