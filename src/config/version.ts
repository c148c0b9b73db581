// Reads Skein's version and the required Node version from package.json.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

export interface Version {
  version: string;
  /** The range of Node versions, as in `>=20.19`. */
  node: string;
}

/** Returns the version of the running code. */
export async function readVersion(): Promise<Version> {
  const path = resolve(import.meta.dirname, '../../package.json');
  const { version, engines } = JSON.parse(await readFile(path, 'utf8'));
  return { version, node: engines.node };
}
