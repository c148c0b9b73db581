// The folders that blobs stand in: made when they are needed, and their entries synced together with those of others that wait.
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type SharedFlush, sharedFlush } from './shared-flush.ts';

export interface Folders {
  /** Makes the folder `name` where this process does not know it. */
  make(name: string): Promise<void>;
  /** Resolves when the entries of the folder are on disk, and its own. */
  sync(name: string): Promise<void>;
}

/** So many are remembered. A mail that waits has a folder of its own for a moment; those of pods come back again and again. */
const MOST = 1000;

export function foldersIn(root: string, { most = MOST, syncOne = syncDirectory } = {}): Folders {
  /** Those whose own entry is on disk; the one that was needed last stands at the end. */
  const known = new Set<string>();
  const syncs = new Map<string, SharedFlush>();

  async function synced(path: string): Promise<void> {
    const shared = syncs.get(path) ?? sharedFlush(() => syncOne(path));
    syncs.set(path, shared);
    try {
      await shared.flush();
    } finally {
      if (shared.isIdle()) syncs.delete(path);
    }
  }

  function keep(name: string): void {
    known.delete(name);
    known.add(name);
    const [oldest] = known.size > most ? known : [];
    if (oldest !== undefined) known.delete(oldest);
  }

  return {
    async make(name) {
      if (!known.has(name)) await mkdir(join(root, name), { recursive: true });
    },
    async sync(name) {
      await Promise.all([synced(join(root, name)), known.has(name) || synced(root)]);
      keep(name);
    },
  };
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
