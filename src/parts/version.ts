// What package.json says of this Skein: its version, and the Node it needs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Version {
  version: string;
  /** As in `>=20.19`. */
  node: string;
}

export async function readVersion(home: string): Promise<Version> {
  const { version, engines } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  return { version, node: engines.node };
}
