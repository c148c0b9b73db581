// A program as one file: it starts in less than half the time that tsx takes, which stands in the way of every import.
import { copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import { builtAt, CACHE, ownPlace } from './own-place.mjs';
import { bundleOf, sealed } from './start-program.cjs';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const START = fileURLToPath(new URL('start-program.cjs', import.meta.url));
/** A program that was built in another way, or of other packages, is built again. */
const WAY = ['program.mjs', 'own-place.mjs', 'start-program.cjs', '../package-lock.json'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);

/** Packages that are modules ask for this. */
const URL_HERE = `const $url = require('node:url').pathToFileURL(__filename).href;`;

const built = new Map();

/**
 * The path of the JavaScript for a TypeScript program, which has no top-level await. It is built again if one of its files changed
 * since the last time.
 */
export function programAt(path) {
  const known = built.get(path) ?? ready(path);
  built.set(path, known);
  return known;
}

async function ready(path) {
  const program = builtAt(path);
  const list = `${program}.json`;
  let { stamps, programs } = JSON.parse(await readFile(list, 'utf8').catch(() => '{}'));
  if (!stamps?.[START] || !isDeepStrictEqual(stamps, await stampsOf(Object.keys(stamps)))) {
    const bundle = await bundled(path);
    ({ programs } = bundle);
    stamps = await stampsOf([...WAY, ...bundle.files]);
    await mkdir(CACHE, { recursive: true });
    await put(bundleOf(program), (own) => writeFile(own, sealed(bundle.contents)));
    await put(program, (own) => copyFile(START, own));
    await put(list, (own) => writeFile(own, JSON.stringify({ stamps, programs })));
  }
  await Promise.all(programs.map(programAt));
  return program;
}

async function bundled(path) {
  const programs = new Set();
  const load = async ({ path: file }) => {
    const { contents, programs: named } = ownPlace(file, await readFile(file, 'utf8'));
    for (const one of named) programs.add(one);
    return { contents, loader: 'ts' };
  };
  const { outputFiles, metafile } = await build({
    absWorkingDir: HOME,
    entryPoints: [path],
    bundle: true,
    metafile: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'none',
    // Native, so not JavaScript.
    external: ['libsql'],
    define: { 'import.meta.url': '$url' },
    banner: { js: URL_HERE },
    plugins: [{ name: 'own place', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, load) }],
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`Nothing came of ${path}.`);
  const files = Object.keys(metafile.inputs).map((name) => join(HOME, name));
  return { contents: output.contents, files, programs: [...programs] };
}

async function stampsOf(files) {
  const stamp = async (file) => {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs} ${size}`;
  };
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await stamp(file).catch(() => 'absent')])),
  );
}

/** Another process may build or start it at the same time. */
async function put(path, write) {
  const own = `${path}.${process.pid}`;
  await write(own);
  await rename(own, path);
}
