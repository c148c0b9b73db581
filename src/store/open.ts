// Opens the store that the settings name: MongoDB if they have its address, else the embedded one.
import { openEmbedded } from './embedded/open.ts';
import { openMongo } from './mongo/open.ts';
import type { CollectionSpec, RenewalListener, Store } from './port.ts';

export interface StoreSettings {
  mongodbUri?: string;
  dataDir: string;
}

export function openStore(
  settings: StoreSettings,
  specs: readonly CollectionSpec[],
  renewal?: RenewalListener,
): Promise<Store> {
  return settings.mongodbUri === undefined
    ? openEmbedded({ dir: settings.dataDir, specs, ...(renewal ? { renewal } : {}) })
    : openMongo({ uri: settings.mongodbUri, specs });
}
