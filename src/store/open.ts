// Picks the store that the settings ask for: MongoDB where its address is given, else the embedded one.
import { openEmbedded } from './embedded/open.ts';
import type { CollectionSpec, Store } from './port.ts';

export interface StoreSettings {
  mongodbUri?: string;
  dataDir: string;
}

export async function openStore(settings: StoreSettings, specs: readonly CollectionSpec[]): Promise<Store> {
  if (settings.mongodbUri === undefined) return openEmbedded({ dir: settings.dataDir, specs });
  // Half a second of loading that an embedded start need not pay.
  const { openMongo } = await import('./mongo/open.ts');
  return openMongo({ uri: settings.mongodbUri, specs });
}
