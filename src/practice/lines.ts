// Append-only files of lines, for the practice servers. If a write fails, it throws and the file stays valid.
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
  /** Yields the file's lines. Reads line by line, because the file may be larger than memory. */
  read(): Generator<string>;
  /** Appends the line, or nothing of it. @throws Retryable that says what to correct */
  add(line: string): void;
  /** Replaces the content with these lines. @throws Retryable, with the content unchanged */
  keep(lines: Iterable<string>): void;
  /** Closes the file. May be called more than once. */
  close(): void;
}

/**
 * Opens or creates the file. Removes a partial last line, whose write was never confirmed. @throws InvalidInput if the
 * path can't be a file
 */
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
        // A partial line would corrupt the next one, so it is removed.
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

/** Returns the position where the last complete line ends. */
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
