// The append-only file that lets the workspace survive kill -9: one line per commit, read back at start.
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from './change.ts';

export interface Journal {
  /** All changes of one line take effect, or none. */
  append(changes: readonly Change[]): void;
  close(): void;
}

export const memoryJournal: Journal = { append: () => {}, close: () => {} };

/** Opens `dir`/journal.jsonl and returns what it holds. A line that a crash tore off is cut away. */
export function openJournal(dir: string): { entries: Change[][]; journal: Journal } {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'journal.jsonl');
  const fd = openSync(path, 'a');
  const content = readFileSync(path);
  const end = content.lastIndexOf(0x0a) + 1;
  if (end < content.length) truncateSync(path, end);
  const lines = content.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  const entries = lines.map((line, index) => parseLine(path, line, index + 1));
  return {
    entries,
    journal: {
      append: (changes) => writeWhole(fd, Buffer.from(`${JSON.stringify(changes)}\n`)),
      close: () => closeSync(fd),
    },
  };
}

function parseLine(path: string, line: string, number: number): Change[] {
  try {
    return JSON.parse(line) as Change[];
  } catch (cause) {
    throw new Error(`${path} is damaged in line ${number}. Move the folder away to begin with a fresh workspace.`, {
      cause,
    });
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written);
}
