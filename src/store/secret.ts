// A secret that Skein makes for itself: once for each store, the same for all its processes.
import { randomBytes } from 'node:crypto';
import type { CollectionSpec, Doc, Store } from './port.ts';

interface SecretDoc extends Doc {
  value: string;
}

export const SECRET_SPEC: CollectionSpec = { name: 'secrets', kind: 'journal', indexes: [] };

export async function secretNamed(store: Store, name: string): Promise<string> {
  const secrets = store.collection<SecretDoc>('secrets');
  const known = await secrets.get(name);
  if (known) return known.value;
  // Of two processes that begin at once, one is first.
  await secrets.insert([{ id: name, rev: 1, value: randomBytes(32).toString('base64url') }]);
  return secretNamed(store, name);
}
