// Reads templates/texts once at the start, and checks that every text has the fields that the code fills.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closest } from '../closest.ts';
import { type ParsedText, parseText } from './parse-text.ts';
import { fill, wordsIn } from './part.ts';
import { TEXTS, type TextName, type Texts } from './texts.ts';

const FOLDER = 'templates/texts';

/** The limit of a file's size, many times the size of the longest text. */
const MOST_BYTES = 256 * 1024;

export interface TextsRead {
  /** The texts. Usable only if `problems` is empty. */
  texts: Texts;
  /** Sentences about the faults. Each contains the file's name, and says what is wrong and how to correct it. */
  problems: string[];
}

/**
 * Reads all texts. Never rejects: a file that can't be read becomes a problem. `heads`: false if the heads of the files are not
 * checked. Nothing but people reads them, and to parse them takes longer than all else here.
 */
export async function readTexts(home: string, { heads = true }: { heads?: boolean } = {}): Promise<TextsRead> {
  const problems: string[] = [];
  const parts = new Map<string, ParsedText['parts']>();
  const names = Object.keys(TEXTS) as TextName[];
  const there = await namesIn(join(home, FOLDER));
  for (const file of there)
    if (!names.some((name) => file === `${name}.md`)) problems.push(`${FOLDER}/${file}: ${unknownFile(file, names)}`);
  const all = names.map(async (name) => ({ name, read: await readOne(join(home, FOLDER, `${name}.md`), name, heads) }));
  for (const { name, read } of await Promise.all(all)) {
    problems.push(...read.problems.map((problem) => `${FOLDER}/${name}.md: ${problem}`));
    parts.set(name, read.parts);
  }
  return { texts: textsOf(parts), problems };
}

function textsOf(parts: ReadonlyMap<string, ParsedText['parts']>): Texts {
  return {
    fill: (text, part, ...[fields]) => fill(parts.get(text)?.get(part) ?? '', fields ?? {}),
    words: (text) => [...(parts.get(text)?.values() ?? [])].flatMap(wordsIn),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  // If the folder can't be read, the list is empty, and each file is then reported as missing.
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => name.endsWith('.md')).sort();
}

async function readOne(path: string, name: TextName, heads: boolean): Promise<ParsedText> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MOST_BYTES) return { parts: new Map(), problems: [tooLong(bytes.length)] };
    return parseText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), TEXTS[name], { heads });
  } catch (error) {
    return { parts: new Map(), problems: [unreadable(error as NodeJS.ErrnoException)] };
  }
}

function tooLong(bytes: number): string {
  return `it is ${Math.ceil(bytes / 1024)} KB long, and a text has at most ${MOST_BYTES / 1024} KB. Shorten it.`;
}

function unreadable({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'it is missing. Restore it from the version of Skein that runs here.';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8. Save it in that encoding.';
  return `it cannot be read (${code}). Make it a file that this user may read.`;
}

function unknownFile(file: string, names: readonly string[]): string {
  const meant = closest(file.replace(/\.md$/, ''), names);
  return `Skein has no such text. ${meant ? `Did you mean ${meant}.md?` : 'Take the file away.'}`;
}
