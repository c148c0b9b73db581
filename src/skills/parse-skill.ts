// Reads one SKILL.md (the open Agent Skills format, https://agentskills.io/specification); pure.

import * as yaml from 'yaml';
import { MOST, SKILL_NAME } from '../pods/agent-definitions/agent-words.ts';

export interface ParsedSkill {
  name: string;
  description: string;
  license?: string;
  compatibility?: string;
  metadata: Record<string, string>;
  /** Tool names as the file has them: `create_task`, `mcp:crm`, `mcp:crm/find`. */
  allowedTools: string[];
  /** The Markdown body of SKILL.md. */
  instructions: string;
}

/** Warnings and problems are sentences: the file, the fault, and how to mend it. */
export type SkillParseResult =
  | { kind: 'skill'; skill: ParsedSkill; warnings: string[] }
  | { kind: 'faulty'; problems: string[] };

const FIELDS = ['name', 'description', 'license', 'compatibility', 'metadata', 'allowed-tools'];

export function parseSkill(text: string, folder: string): SkillParseResult {
  const file = `${folder}/SKILL.md`;
  const problems: string[] = [];
  const warnings: string[] = [];
  const problem = (sentence: string) => problems.push(`${file}: ${sentence}`);
  const warn = (sentence: string) => warnings.push(`${file}: ${sentence}`);

  const parts = splitFrontmatter(text);
  if (parts === undefined) {
    problem('it has no frontmatter. Begin the file with a line `---`, then name and description, then a line `---`.');
    return { kind: 'faulty', problems };
  }
  const front = readFrontmatter(parts.frontmatter);
  if (front.kind === 'unreadable') {
    problem(
      `its frontmatter is not YAML (${front.why}). Put values with a colon, quote or bracket in "double quotes".`,
    );
    return { kind: 'faulty', problems };
  }
  if (front.quoted) warn('a value in its frontmatter holds ": " without quotes; it was read as if quoted. Quote it.');
  const fields = front.fields;

  const textField = (field: string): string | undefined => {
    const value = fields[field];
    if (value === undefined) return undefined;
    if (typeof value === 'string') return value.trim();
    problem(`\`${field}\` must be a text, not ${Array.isArray(value) ? 'a list' : 'a map'}.`);
    return undefined;
  };
  for (const field of Object.keys(fields)) {
    if (!FIELDS.includes(field)) {
      warn(
        `\`${field}\` is no field of a skill and was ignored. Known are ${FIELDS.join(', ')}; put it under metadata.`,
      );
    }
  }

  const name = textField('name')?.normalize('NFKC');
  if (!name) {
    if (fields.name === undefined || fields.name === '') problem(`\`name\` is missing. Add \`name: ${folder}\`.`);
  } else if (!SKILL_NAME.test(name)) {
    problem(
      `\`name\` is "${name.slice(0, 80)}". Use lowercase letters, digits and single hyphens, as the folder: ${folder}.`,
    );
  } else {
    // The format advises only a warning here. In Skein the name of a skill is its id, so it must be valid.
    if (name.length > MOST.skillName)
      problem(`\`name\` has ${name.length} characters. Keep it within ${MOST.skillName}.`);
    if (name !== folder.normalize('NFKC'))
      warn(`\`name\` is "${name}" but the folder is "${folder}". Name them alike.`);
  }

  const description = textField('description');
  if (!description && (fields.description === undefined || fields.description === '')) {
    problem('`description` is missing. Say in one or two sentences what the skill does and when to use it.');
  }
  if (description && description.length > 1024) {
    warn(`\`description\` has ${description.length} characters. Only the first 1024 are shown to agents; shorten it.`);
  }
  const compatibility = textField('compatibility');
  if (compatibility && compatibility.length > 500) {
    warn(`\`compatibility\` has ${compatibility.length} characters. Keep it within 500.`);
  }
  const license = textField('license');
  const metadata = readMetadata(fields.metadata, problem, warn);
  const allowedTools = readAllowedTools(fields['allowed-tools'], problem, warn);
  const instructions = parts.body.trim();
  if (instructions === '') warn('it has no instructions. Write below the frontmatter what to do, step by step.');
  const lines = instructions.split('\n').length;
  if (lines > 500) warn(`its instructions have ${lines} lines. Keep them under 500 and move details to references/.`);

  if (problems.length > 0 || !name || !description) return { kind: 'faulty', problems };
  return {
    kind: 'skill',
    warnings,
    skill: {
      name,
      description,
      ...(license ? { license } : {}),
      ...(compatibility ? { compatibility } : {}),
      metadata,
      allowedTools,
      instructions,
    },
  };
}

function splitFrontmatter(text: string): { frontmatter: string; body: string } | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[0]?.trimEnd() !== '---') return undefined;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end === -1) return undefined;
  return { frontmatter: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n') };
}

type Frontmatter =
  | { kind: 'fields'; fields: Record<string, unknown>; quoted: boolean }
  | { kind: 'unreadable'; why: string };

function readFrontmatter(source: string): Frontmatter {
  const first = readYaml(source);
  if (first.kind === 'fields') return first;
  // Many published skills write `description: Use this: when …`, which is no valid YAML. The format's guide asks
  // clients to try again with quotes.
  const quoted = source.replace(/^([\w-]+):[ \t]+([^\s"'|>[{#&*!].*: .*|[^\s"'|>[{#&*!].*:)$/gm, (_, key, value) => {
    return `${key}: ${JSON.stringify(value)}`;
  });
  if (quoted === source) return first;
  const second = readYaml(quoted);
  return second.kind === 'fields' ? { ...second, quoted: true } : first;
}

function readYaml(source: string): Frontmatter {
  // The failsafe schema reads every scalar as text: `version: 1.10` stays "1.10", `yes` stays "yes".
  const read = parseFailsafe(source);
  if ('why' in read) return { kind: 'unreadable', why: read.why };
  const fields = read.value;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return { kind: 'unreadable', why: 'it is not a list of `field: value` lines' };
  }
  return { kind: 'fields', fields: fields as Record<string, unknown>, quoted: false };
}

function parseFailsafe(source: string): { value: unknown } | { why: string } {
  const document = yaml.parseDocument(source, { schema: 'failsafe', prettyErrors: true });
  const error = document.errors[0];
  if (error) return { why: error.message.split('\n')[0]?.replace(/:$/, '') ?? 'syntax error' };
  try {
    return { value: document.toJS({ maxAliasCount: 20 }) };
  } catch (cause) {
    return { why: cause instanceof Error ? cause.message : String(cause) };
  }
}

type Say = (sentence: string) => void;

function readMetadata(value: unknown, problem: Say, warn: Say): Record<string, string> {
  if (value === undefined || value === '') return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problem('`metadata` must be a map of texts, as in `metadata:` and below it `  author: Ada`.');
    return {};
  }
  const entries: [string, string][] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'string') entries.push([key, entry]);
    else warn(`\`metadata.${key}\` is not a text and was ignored.`);
  }
  return Object.fromEntries(entries);
}

function readAllowedTools(value: unknown, problem: Say, warn: Say): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((tool) => typeof tool === 'string')) {
    warn('`allowed-tools` is a list; it was read, but the format asks for one text with spaces between the names.');
    return unique(value.map((tool) => tool.trim()).filter((tool) => tool !== ''));
  }
  if (typeof value !== 'string') {
    problem(
      '`allowed-tools` must be one text with spaces between the names, as in `allowed-tools: create_task mcp:crm`.',
    );
    return [];
  }
  if (value.includes(',')) warn('`allowed-tools` has commas between its names; the format asks for spaces.');
  // Splits at spaces and commas, but not inside brackets, which belong to the name: `Bash(git add:*)`.
  return unique(value.match(/(?:[^\s,(]|\([^)]*\))+/g) ?? []);
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
