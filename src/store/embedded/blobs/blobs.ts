// Stores blobs as files. Each file is written under a temporary name, checked, synced and renamed, so that it is always
// complete.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { checkHash, hashing, isHash } from '../../blob-hash.ts';
import type { Blobs } from '../../port.ts';
import { readable } from '../disk-full.ts';
import { foldersIn } from './folders.ts';

/**
 * Opens the blobs in `dir`, the store's directory, which only this process uses. Removes files that an earlier process
 * left unfinished.
 */
export async function embeddedBlobs(dir: string): Promise<Blobs> {
  const root = join(dir, 'blobs');
  const unfinished = join(root, 'unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const folders = foldersIn(root);
  const pathOf = (pod: string, hash: string) => join(root, folderOf(pod), hash);

  return {
    async put(pod, hash, content) {
      checkHash(hash);
      const temporary = join(unfinished, randomUUID());
      const folder = folderOf(pod);
      try {
        await writeSynced(temporary, hashing(hash, content));
        await folders.make(folder);
        await rename(temporary, join(root, folder, hash));
        await folders.sync(folder);
      } catch (error) {
        await rm(temporary, { force: true });
        throw readable(error);
      }
    },
    async open(pod, hash) {
      if (!isHash(hash)) return undefined;
      const path = pathOf(pod, hash);
      // The file is opened only when somebody reads the iterable. An iterable that is never read leaves no file open.
      return (await exists(path)) ? { [Symbol.asyncIterator]: () => chunksOf(path) } : undefined;
    },
    async remove(pod, hash) {
      if (!isHash(hash)) return;
      await unlink(pathOf(pod, hash)).catch(unlessAbsent);
    },
  };
}

/** Returns the folder of a pod. Its name is a hash, because a pod's id may contain characters that a file name can't. */
const folderOf = (pod: string): string => createHash('sha256').update(pod).digest('hex').slice(0, 32);

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

async function writeSynced(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, unlessAbsent);
}

function unlessAbsent(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
