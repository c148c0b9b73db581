// Stores the contents of files, each in a file below the workspace's directory, or in memory.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwritable } from '../../lines.ts';

export interface FileBytes {
  put(id: string, bytes: Buffer): void;
  get(id: string): Buffer | undefined;
  remove(id: string): void;
}

export function openFileBytes(dir: string | undefined): FileBytes {
  return dir === undefined ? inMemory() : onDisk(join(dir, 'files'));
}

function inMemory(): FileBytes {
  const bytes = new Map<string, Buffer>();
  return {
    put: (id, content) => void bytes.set(id, content),
    get: (id) => bytes.get(id),
    remove: (id) => void bytes.delete(id),
  };
}

function onDisk(dir: string): FileBytes {
  mkdirSync(dir, { recursive: true });
  return {
    // Writes a temporary file and renames it, so that a crash leaves the whole file or none.
    put(id, content) {
      const part = join(dir, `${id}.part`);
      try {
        writeFileSync(part, content);
        renameSync(part, join(dir, id));
      } catch (error) {
        rmSync(part, { force: true });
        throw unwritable(join(dir, id), error);
      }
    },
    get(id) {
      try {
        return readFileSync(join(dir, id));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: (id) => rmSync(join(dir, id), { force: true }),
  };
}
