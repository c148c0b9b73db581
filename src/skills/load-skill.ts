// What load_skill gives to the model: a skill's instructions, the list of its files, and the schemas of the tools it brings.

import { InvalidInput, NotFound } from '../errors.ts';
import { head } from '../log/well-formed.ts';
import { escapeXml } from './catalogue.ts';
import type { ParsedSkill } from './parse-skill.ts';

export interface LoadableSkill extends ParsedSkill {
  /** Without a text where a file is none. */
  files: readonly { path: string; size: number; text?: string }[];
  hash: string;
  /** Who wrote its newest version. */
  author?: string;
}

export interface ToolFace {
  /** As given to use_tool: `mcp:crm/find`. */
  name: string;
  description: string;
  inputSchema: unknown;
}

/** Short enough to be said and written in the log, long enough never to meet another version of the same skill. */
export function versionOf(skill: Pick<LoadableSkill, 'hash'>): string {
  return skill.hash.slice(0, 12);
}

/** `tools` are those of the skill's allowed tools that use_tool can reach now; `missing` are sentences about the others. */
export function skillContent(
  skill: LoadableSkill,
  { tools, missing }: { tools: readonly ToolFace[]; missing: readonly string[] },
): string {
  const lines = [
    `<skill_content name="${escapeXml(skill.name)}" version="${versionOf(skill)}">`,
    // A body that closes the element itself could pass its rest off as the harness's own words.
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

/** @throws NotFound for a path the skill does not list, InvalidInput for a file that is no text */
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

/** One tool on one line of JSON, so that a description cannot close the list it stands in. */
export function toolFace({ name, description, inputSchema }: ToolFace): string {
  return JSON.stringify({ tool: name, description: head(description, 2000), input: inputSchema }).replace(
    /</g,
    '\\u003c',
  );
}
