// Reads a directory of skill folders. A faulty skill is reported as a problem and does not stop the others.

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InvalidInput, reasonOf } from '../errors.ts';
import { type ParsedSkill, parseSkill, type SkillParseResult } from './parse-skill.ts';

export interface SkillFile {
  /** The path relative to the skill's folder, with forward slashes. */
  path: string;
  /** In bytes. */
  size: number;
  /** Absent for a binary file, such as a picture. */
  text?: string;
}

export interface Skill extends ParsedSkill {
  folder: string;
  /** All files of the folder except SKILL.md, sorted by path. */
  files: SkillFile[];
  /** SHA-256 in hex over all paths and contents. The skill's version is its beginning. */
  hash: string;
}

export interface SkillShelf {
  /** Sorted by name. */
  skills: Skill[];
  /** A sentence for each skill that could not be read: the fault, and how to fix it. */
  problems: string[];
  /** A sentence for each fault of a skill that could still be read. */
  warnings: string[];
}

/**
 * In bytes, except for the last two. A skill is prose and small tables. A larger one is a mistake or an attack, and all
 * of it would go into a context.
 */
const LIMITS = { skillMd: 256 * 1024, file: 1024 * 1024, folder: 10 * 1024 * 1024, filesPerSkill: 200, depth: 5 };

export async function readSkills(directory: string): Promise<SkillShelf> {
  const shelf: SkillShelf = { skills: [], problems: [], warnings: [] };
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT')
      shelf.problems.push(
        `${basename(directory)}: it cannot be read (${error.code}). Make it a folder that this user may read.`,
      );
    return [];
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isSymbolicLink()) {
      shelf.problems.push(
        `${entry.name}: it is a symbolic link, which is not followed. Put the skill's folder itself here.`,
      );
    }
    if (!entry.isDirectory()) continue;
    try {
      addSkill(shelf, await readSkill(join(directory, entry.name), entry.name));
    } catch (error) {
      shelf.problems.push(
        error instanceof InvalidInput ? error.message : `${entry.name}: cannot be read (${reasonOf(error)}).`,
      );
    }
  }
  shelf.skills.sort((a, b) => (a.name < b.name ? -1 : 1));
  return shelf;
}

type Read = {
  parsed: SkillParseResult;
  folder: string;
  files: SkillFile[];
  warnings: string[];
  hash: string;
};

async function readSkill(folder: string, name: string): Promise<Read> {
  const found = await walk(folder, name);
  const main = found.find((file) => file.path === 'SKILL.md') ?? found.find((file) => file.path === 'skill.md');
  if (!main) throw new InvalidInput(`${name}: it has no SKILL.md. Add one, or move the folder elsewhere.`);
  const hashing = createHash('sha256');
  let text = '';
  const files: SkillFile[] = [];
  const warnings: string[] = [];
  for (const { path, size } of found) {
    const content = await readBounded(
      join(folder, path),
      `${name}/${path}`,
      path === main.path ? LIMITS.skillMd : LIMITS.file,
    );
    if (path === main.path) text = content.toString('utf8');
    else {
      const read = textOf(content);
      files.push({ path, size, ...(read === undefined ? {} : { text: read }) });
      if (read === undefined && WRITTEN.test(path))
        warnings.push(`${name}/${path}: it is no UTF-8 text, so agents see its name only. Save it as UTF-8.`);
    }
    hashing.update(JSON.stringify([path, content.length])).update(content);
  }
  return { parsed: parseSkill(text, name), folder, files, warnings, hash: hashing.digest('hex') };
}

/** The file types that people write as text. A file of such a type that is no UTF-8 text causes a warning. */
const WRITTEN = /\.(md|txt|csv|json|ya?ml|html|xml|py|sh|js|ts)$/i;

function textOf(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined; // the decoder reports invalid UTF-8 only by throwing
  }
}

function addSkill(shelf: SkillShelf, { parsed, folder, files, warnings, hash }: Read): void {
  if (parsed.kind === 'faulty') {
    shelf.problems.push(...parsed.problems);
    return;
  }
  const { skill } = parsed;
  const twin = shelf.skills.find((other) => other.name === skill.name);
  if (twin) {
    shelf.problems.push(
      `${basename(folder)}/SKILL.md: \`name\` is "${skill.name}", which the folder ${basename(twin.folder)} has already. Rename one.`,
    );
    return;
  }
  shelf.skills.push({ ...skill, folder, files, hash });
  shelf.warnings.push(...parsed.warnings, ...warnings);
}

async function walk(folder: string, name: string): Promise<SkillFile[]> {
  const found: SkillFile[] = [];
  let total = 0;
  const visit = async (below: string[]): Promise<void> => {
    if (below.length > LIMITS.depth)
      throw new InvalidInput(`${name}: its folders are nested deeper than ${LIMITS.depth}. Flatten them.`);
    for (const entry of await readdir(join(folder, ...below), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = [...below, entry.name].join('/');
      if (entry.isDirectory()) {
        await visit([...below, entry.name]);
      } else if (entry.isFile()) {
        const { size } = await lstat(join(folder, path));
        total += size;
        found.push({ path, size });
        if (found.length > LIMITS.filesPerSkill) throw tooMuch(name, `more than ${LIMITS.filesPerSkill} files`);
        if (total > LIMITS.folder) throw tooMuch(name, `more than ${LIMITS.folder / 1024 / 1024} MB`);
      } else {
        const what = entry.isSymbolicLink() ? 'a symbolic link' : 'not a file';
        throw new InvalidInput(
          `${name}/${path}: it is ${what}, which is refused. Put the file itself into the skill's folder.`,
        );
      }
    }
  };
  await visit([]);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function tooMuch(name: string, what: string): InvalidInput {
  return new InvalidInput(`${name}: it holds ${what}. Keep to the instructions and the references they need.`);
}

/**
 * Reads a file up to a limit. The size is taken from the opened file, and a link that replaced the file since the
 * listing is not followed.
 */
async function readBounded(path: string, shown: string, limit: number): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    if (size > limit) {
      const cure = shown.endsWith('.md') ? 'Split it into smaller files.' : 'Make it smaller or leave it out.';
      throw new InvalidInput(
        `${shown}: it has ${size.toLocaleString('en')} bytes, more than ${limit.toLocaleString('en')}. ${cure}`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
