// The folders of blobs: made when needed, and their directory entries synced together.
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type SharedFlush, sharedFlush } from './shared-flush.ts';

export interface Folders {
  /** Makes the folder `name`, unless this process has made it already. */
  make(name: string): Promise<void>;
  /** Resolves when the entries in the folder, and the folder's own, are on disk. */
  sync(name: string): Promise<void>;
}

/** The most folders that are remembered. A mail that waits needs its own folder for a moment only; those of pods are used again and again. */
const MOST = 1000;

export function foldersIn(root: string, { most = MOST, syncOne = syncDirectory } = {}): Folders {
  /** Folders whose own entry is on disk. The one that was used last is at the end. */
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
