#!/usr/bin/env node
// The executable: installs missing packages, then runs the command line in TypeScript. Has no dependencies.
import { fileURLToPath } from 'node:url';
import { installMissing, nodeFault } from './install.mjs';

const home = fileURLToPath(new URL('../..', import.meta.url));
const fault = nodeFault(process.versions.node) || installMissing({ home, dev: false });
if (fault) {
  console.error(fault);
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) });
const { main } = await import('./skein.ts');
await main(home);
