// Opens the store of the settings to check it, while no server runs. If nothing was stored before, it leaves nothing
// behind.
import { access, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nearestFolder } from './check-directory.ts';
import { CHECK_SPEC, checkStore, type StoreFound } from './check-store.ts';
import { openStore, type StoreSettings } from './open.ts';

/**
 * Checks the store and returns what was found. @throws the errors of opening: InvalidInput names the process that uses
 * the directory, or the fault in the address
 */
export async function tryStore(settings: StoreSettings, now: () => number): Promise<StoreFound> {
  if (settings.mongodbUri !== undefined || (await exists(join(settings.dataDir, 'skein.db'))))
    return opened(settings, now);
  const dataDir = await mkdtemp(join(await nearestFolder(settings.dataDir), '.skein-doctor-'));
  try {
    return await opened({ dataDir }, now);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function opened(settings: StoreSettings, now: () => number): Promise<StoreFound> {
  const store = await openStore(settings, [CHECK_SPEC]);
  try {
    return await checkStore(store, now);
  } finally {
    await store.close();
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
