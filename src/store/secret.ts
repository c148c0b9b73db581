// A random secret that Skein creates once per store, and that all its processes share.
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
  // If two processes start at the same time, the secret of the first insert is used by both.
  await secrets.insert([{ id: name, rev: 1, value: randomBytes(32).toString('base64url') }]);
  return secretNamed(store, name);
}
