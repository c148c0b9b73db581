// The data directory: can this user write there, how much room is left, and which process says that it holds it.
import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInput } from '../errors.ts';

export interface DirectoryFound {
  /** It is made at the first start. */
  absent: boolean;
  freeBytes: number;
  /** Alive, by what it wrote beside the embedded store. */
  holder?: number;
}

/** @throws InvalidInput when nothing can be written there */
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

/** The directory, or the nearest above it that is there. */
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

/** The process that holds the directory. A pid file of a dead process does not count, nor does that of this process, which may have the store open itself. */
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
    // Another user's.
    return codeOf(error) === 'EPERM';
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? error);
