// The folders of blobs. A folder is created when it is needed, and waiting callers share the sync of its directory
// entries.
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type SharedFlush, sharedFlush } from '../shared-flush.ts';

export interface Folders {
  /** Creates the folder `name`, unless this process has created it already. */
  make(name: string): Promise<void>;
  /** Resolves when the entries in the folder, and the folder's own, are on disk. */
  sync(name: string): Promise<void>;
}

/**
 * The most folders that are remembered. The folder of a waiting mail is needed only for a moment; those of pods are
 * used again and again.
 */
const MOST = 1000;

export function foldersIn(root: string, { most = MOST, syncOne = syncDirectory } = {}): Folders {
  /** The folders whose own entry is on disk. The one that was last used stands at the end. */
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
