// JavaScript in the cache still finds what lies beside its source, and starts the built form of a program that its source names.
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HOME = fileURLToPath(new URL('..', import.meta.url));
/** Below `node_modules`, so that the packages it imports are found. */
export const CACHE = join(HOME, 'node_modules/.cache/skein-tests');

/** The JavaScript that is started for the program in this TypeScript file. */
export function builtAt(path) {
  return join(CACHE, `${basename(path, '.ts')}.cjs`);
}

/** The text with the source's own place written into it, and the programs that it names as `new URL('./x.ts', import.meta.url)`. */
export function ownPlace(path, text) {
  const programs = [];
  const values = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
  const contents = text
    .replace(/\bnew URL\('(\.\/[^']*\.ts)', import\.meta\.url\)/g, (_, name) => {
      const program = resolve(dirname(path), name);
      programs.push(program);
      return `new URL(${JSON.stringify(pathToFileURL(builtAt(program)).href)})`;
    })
    .replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) => JSON.stringify(values[name]));
  return { contents, programs };
}
