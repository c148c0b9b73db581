// Stores the URL and token of the running server in one file of the data directory, which only its owner can read. The
// command line reads this file.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';

const running = z.object({ url: z.url(), pid: z.int(), token: z.string().min(32) });

export type Running = z.infer<typeof running>;

const FILE = 'running.json';

/** Returns a new secret of 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Writes the URL and the token of this server to the data directory. `url` is the loopback address; `token` is
 * generated if absent. The returned `remove` deletes the file unless a newer server has written its own.
 */
export async function writeRunning(
  dataDir: string,
  { url, pid, token = newToken() }: { url: string; pid: number; token?: string },
): Promise<{ token: string; remove(): Promise<void> }> {
  const path = join(dataDir, FILE);
  // Writes a temporary file and renames it. Readers then see the old file or the new one, never a part, and a symbolic
  // link is not followed.
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(fresh, JSON.stringify({ url, pid, token }), { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw unwritable(path, error);
  }
  return {
    token,
    async remove() {
      if ((await readRunning(dataDir))?.token === token) await rm(path, { force: true });
    },
  };
}

function unwritable(path: string, error: unknown): InvalidInput {
  const { code } = error as NodeJS.ErrnoException;
  const cure =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'The disk is full: free some space and start again.'
      : 'Move away what stands there, let this user write the data directory, and start again.';
  return new InvalidInput(`${path}, by which the command line finds the server, can't be written (${code}). ${cure}`, {
    cause: error,
  });
}

/**
 * Reads the file of the server that started last, which may have stopped since. Undefined if the file is missing or
 * unreadable.
 */
export async function readRunning(dataDir: string): Promise<Running | undefined> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return '';
    throw error;
  });
  try {
    return running.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
