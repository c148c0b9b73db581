// The practice servers' files: lines that are only added to and read back at the start. What can't be written is refused, and the process stays.
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInput, Retryable, reasonOf } from '../errors.ts';

export interface Lines {
  /** From the first on, one at a time: all of them may be more than memory holds. */
  read(): Generator<string>;
  /** All of the line or nothing of it. @throws Retryable with what a person can mend */
  add(line: string): void;
  /** Only these from now on. @throws Retryable; then all are still there */
  keep(lines: Iterable<string>): void;
  /** Any number of times. */
  close(): void;
}

/** A line that a crash cut off was never answered for: it is cut away. @throws InvalidInput when the file can't be one */
export function openLines(path: string): Lines {
  let fd = opened(path);
  let closed = false;
  ftruncateSync(fd, endOfWhole(fd));
  return {
    read: () => linesIn(fd),
    add(line) {
      const { size } = fstatSync(fd);
      try {
        writeLine(fd, line);
      } catch (error) {
        // A part of a line would spoil the next.
        ftruncateSync(fd, size);
        throw unwritable(path, error);
      }
    },
    keep(lines) {
      const fresh = `${path}.fresh`;
      try {
        const to = openSync(fresh, 'w', 0o600);
        try {
          for (const line of lines) writeLine(to, line);
        } finally {
          closeSync(to);
        }
        renameSync(fresh, path);
      } catch (error) {
        rmSync(fresh, { force: true });
        throw unwritable(path, error);
      }
      closeSync(fd);
      fd = openSync(path, 'a+');
    },
    close() {
      if (!closed) closeSync(fd);
      closed = true;
    },
  };
}

export function unwritable(path: string, error: unknown): Retryable {
  const { code } = error as NodeJS.ErrnoException;
  const text =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `The disk is full: ${path} could not be written, so nothing was done. Free some space and do it again.`
      : `${path} could not be written (${code ?? reasonOf(error)}), so nothing was done. Mend that and do it again.`;
  return new Retryable(text, undefined, { cause: error });
}

function opened(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a+');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidInput(
      `${path} can't be opened (${code ?? reasonOf(error)}). Move away what stands there, or let this user write it.`,
      { cause: error },
    );
  }
}

const LINE_END = 0x0a;
const CHUNK_BYTES = 1024 * 1024;

function* linesIn(fd: number): Generator<string> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let begun: Buffer[] = [];
  for (let at = 0, n = 1; n > 0; at += n) {
    n = readSync(fd, chunk, 0, chunk.length, at);
    const read = chunk.subarray(0, n);
    let from = 0;
    for (let end = read.indexOf(LINE_END); end !== -1; end = read.indexOf(LINE_END, from)) {
      yield Buffer.concat([...begun, read.subarray(from, end)]).toString('utf8');
      begun = [];
      from = end + 1;
    }
    if (from < n) begun.push(Buffer.from(read.subarray(from)));
  }
}

/** Where the last whole line ends. */
function endOfWhole(fd: number): number {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let end = fstatSync(fd).size; end > 0; ) {
    const from = Math.max(0, end - chunk.length);
    const n = readSync(fd, chunk, 0, end - from, from);
    const last = chunk.subarray(0, n).lastIndexOf(LINE_END);
    if (last !== -1) return from + last + 1;
    end = from;
  }
  return 0;
}

function writeLine(fd: number, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}
