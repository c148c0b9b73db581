// Reads the shipped files at the start: agents, skills, tool servers, workflows and texts.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAgentManifest } from '../agents/manifest.ts';
import { cantStart } from '../config/config.ts';
import { sha256 } from '../log/ids.ts';
import type { Logger } from '../logger.ts';
import { ACTIONS } from '../pods/actions.ts';
import { readSkills, type Skill } from '../skills/read-skills.ts';
import { readTexts } from '../texts/read-texts.ts';
import type { Texts } from '../texts/texts.ts';
import { parseToolManifest, type ToolServer } from '../tools/manifest.ts';
import { type Named, withoutTwins } from './twins.ts';
import { parseWorkflowManifest, type WorkflowManifest } from './workflow-manifest.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Shipped {
  agents: { file: string; input: Record<string, unknown> & { handle: string }; hash: string }[];
  skills: { input: Record<string, unknown>; hash: string }[];
  servers: ToolServer[];
  workflows: { input: WorkflowManifest; hash: string }[];
  texts: Texts;
}

/** The valid files, and the faults of the others. */
export interface Survey extends Shipped {
  problems: string[];
  warnings: string[];
}

/**
 * Reads all shipped files for a start. @throws InvalidInput with every fault of every file. The heads of the texts, which are
 * for whoever edits them, are checked by the doctor.
 */
export async function readShipped(home: string, env: Env, logger: Logger): Promise<Shipped> {
  const { problems, warnings, ...shipped } = await surveyShipped(home, env, { heads: false });
  for (const warning of warnings) logger.warn('skill', { warning });
  if (problems.length) throw cantStart(problems);
  return shipped;
}

/** `heads`: false if the heads of the texts are not checked. */
export async function surveyShipped(home: string, env: Env, checks: { heads?: boolean } = {}): Promise<Survey> {
  const problems: string[] = [];
  const folder = await readSkills(join(home, 'skills'));
  problems.push(...folder.problems);

  const servers: ToolServer[] = [];
  const named: Named[] = [];
  for (const { file, text } of await yamlFiles(home, 'manifests/tools', problems)) {
    const read = parseToolManifest({ file, text }, env);
    named.push({ file, field: 'name', name: read.kind === 'valid' ? read.manifest.name : read.written.name });
    if (read.kind === 'valid') servers.push(read.manifest);
    else problems.push(...read.problems);
  }

  const known = {
    tools: [...ACTIONS.values()]
      .filter((action) => !action.internal)
      .map((action) => action.name)
      .concat('use_tool'),
    servers: servers.map((server) => server.name),
    skills: folder.skills.map((skill) => skill.name),
  };
  const agents: Shipped['agents'] = [];
  for (const { file, text } of await yamlFiles(home, 'manifests/agents', problems)) {
    const read = parseAgentManifest({ file, text }, known);
    named.push({ file, field: 'handle', name: read.kind === 'valid' ? read.manifest.handle : read.written.handle });
    if (read.kind === 'faulty') problems.push(...read.problems);
    else {
      // A field with its default value is removed, so that the input is the same as before the field existed.
      const { addressable_by, ...rest } = read.manifest;
      const input = addressable_by === 'members' ? rest : read.manifest;
      agents.push({ file, input, hash: sha256(text) });
    }
  }
  const skills = folder.skills.map(asInput);
  const flows = await workflowsIn(home);
  const { texts, problems: unsaid } = await readTexts(home, checks);
  const all = [...withoutTwins(problems, named), ...flows.problems, ...unsaid];
  return { agents, skills, servers, workflows: flows.workflows, texts, problems: all, warnings: folder.warnings };
}

/** Workflows have names of their own: one may be called as an agent is. */
async function workflowsIn(home: string): Promise<{ workflows: Shipped['workflows']; problems: string[] }> {
  const problems: string[] = [];
  const named: Named[] = [];
  const workflows: Shipped['workflows'] = [];
  for (const { file, text } of await yamlFiles(home, 'templates/workflows', problems)) {
    const read = parseWorkflowManifest({ file, text });
    named.push({ file, field: 'name', name: read.kind === 'valid' ? read.manifest.name : read.written.name });
    if (read.kind === 'valid') workflows.push({ input: read.manifest, hash: sha256(text) });
    else problems.push(...read.problems);
  }
  return { workflows, problems: withoutTwins(problems, named) };
}

function asInput(skill: Skill): Shipped['skills'][number] {
  const { name, description, instructions, allowedTools, hash } = skill;
  const files = skill.files.map(({ path, size, text }) => (text === undefined ? { path, size } : { path, text }));
  return { input: { name, description, instructions, allowedTools, files }, hash };
}

interface Source {
  file: string;
  text: string;
}

/** Returns the YAML files of a folder. A missing folder counts as empty; a file that cannot be read is a fault. */
async function yamlFiles(home: string, folder: string, problems: string[]): Promise<Source[]> {
  const unreadable = (path: string, what: string) => (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT')
      problems.push(`${path}: it cannot be read (${error.code}). Make it a ${what} that this user may read.`);
    return undefined;
  };
  const names = (await readdir(join(home, folder)).catch(unreadable(folder, 'folder'))) ?? [];
  const sources: Source[] = [];
  for (const name of names.filter((each) => /\.ya?ml$/.test(each)).sort()) {
    const file = join(folder, name);
    const text = await readFile(join(home, file), 'utf8').catch(unreadable(file, 'file'));
    if (text !== undefined) sources.push({ file, text });
  }
  return sources;
}
