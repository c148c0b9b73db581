// Checks the data directory: is it writable, how much space is free, and which process uses it.
import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInput } from '../errors.ts';

export interface DirectoryFound {
  /** True if the directory does not exist yet. It is created at the first start. */
  absent: boolean;
  freeBytes: number;
  /** The id of the process that uses the directory, from the pid file of the embedded store. */
  holder?: number;
}

/** Checks the directory and returns what was found. @throws InvalidInput if the directory is not writable */
export async function checkDirectory(dir: string): Promise<DirectoryFound> {
  const folder = await nearestFolder(dir);
  const probe = join(folder, `.skein-doctor-${randomUUID()}`);
  try {
    const file = await open(probe, 'wx', 0o600);
    await file.writeFile('written to see whether it works\n').finally(() => file.close());
  } catch (error) {
    throw new InvalidInput(
      `Nothing can be written in ${folder} (${codeOf(error)}). Let this user write there, or name another directory in SKEIN_DATA_DIR.`,
      { cause: error },
    );
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(folder);
  const holder = folder === dir ? await holderOf(dir) : undefined;
  return { absent: folder !== dir, freeBytes: bavail * bsize, ...(holder === undefined ? {} : { holder }) };
}

/** Returns the directory, or its nearest parent that exists. */
export async function nearestFolder(dir: string): Promise<string> {
  const found = await stat(dir).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw new InvalidInput(
      `${dir} can't be looked at (${codeOf(error)}). Let this user read it, or name another directory in SKEIN_DATA_DIR.`,
      { cause: error },
    );
  });
  if (found?.isDirectory()) return dir;
  if (found) throw new InvalidInput(`${dir} is a file. Name a directory in SKEIN_DATA_DIR.`);
  return nearestFolder(dirname(dir));
}

/**
 * Returns the id of the process that uses the directory. The pid file of a dead process is ignored, and that of this
 * process, which may have opened the store itself.
 */
async function holderOf(dir: string): Promise<number | undefined> {
  const text = await readFile(join(dir, 'skein.pid'), 'utf8').catch(() => '');
  const pid = Number(text.trim() || Number.NaN);
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that the process is alive but belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? error);
