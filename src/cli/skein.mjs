#!/usr/bin/env node
// The executable: installs missing packages, then runs the command line. Has no dependencies.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { installMissing, nodeFault } from './install.mjs';
import { cacheNamed, programsIn } from './program/program.mjs';

const home = fileURLToPath(new URL('../..', import.meta.url));
const fault = nodeFault(process.versions.node) || installMissing({ home, dev: false });
if (fault) {
  console.error(fault);
  process.exit(1);
}
const path = fileURLToPath(new URL('program/skein-program.ts', import.meta.url));
const program = await programsIn(cacheNamed('skein')).programAt(path).catch(asItIs);
if (program) createRequire(import.meta.url)(program).start();

/** Where nothing can be built or written, the sources are run as they are, which takes some seconds more. */
async function asItIs({ code, message }) {
  if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(code))
    console.error(`Skein runs from its sources, and starts more slowly: ${message}`);
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) });
  const { main } = await import('./skein.ts');
  await main(home);
}
