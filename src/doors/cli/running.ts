// How the command line finds the running server: one file in the data directory, readable by its owner only.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';

const running = z.object({ url: z.url(), pid: z.int(), token: z.string().min(32) });

export type Running = z.infer<typeof running>;

const FILE = 'running.json';

/** A new secret: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Says where this server can be reached and by which token. `url` is the loopback address it listens on. A token made
 * before, to have the door ready first, may be handed in. `remove` takes the file away unless a newer server wrote its own.
 */
export async function writeRunning(
  dataDir: string,
  { url, pid, token = newToken() }: { url: string; pid: number; token?: string },
): Promise<{ token: string; remove(): Promise<void> }> {
  const path = join(dataDir, FILE);
  // Written beside and renamed: who reads sees all of it or the one before, and a link in its place is not followed.
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

/** What the last server wrote, whether or not it still runs; undefined when there is nothing that can be read as such. */
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
