// JavaScript in a cache still finds what lies beside its source, and starts the built form of a program that its source names.
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The text with the source's own place written into it, and the programs that it names as `new URL('./x.ts', import.meta.url)`.
 * `builtAt`: the path of the JavaScript that is started for the program in a TypeScript file.
 */
export function ownPlace(path, text, builtAt) {
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
