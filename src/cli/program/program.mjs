// A program as one file: it starts in less than half the time that tsx takes, which stands in the way of every import.
// Plain JavaScript that needs no package, unless something has to be built.
import { statSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ownPlace } from './own-place.mjs';
import { bundleOf, indexed, sealed } from './start-program.cjs';

const HOME = fileURLToPath(new URL('../../..', import.meta.url));
const START = fileURLToPath(new URL('start-program.cjs', import.meta.url));
/** A program that was built in another way, or of other packages, is built again. npm writes the last file as it installs. */
const WAY = [
  ...['program.mjs', 'own-place.mjs', 'start-program.cjs'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
  ...['package-lock.json', 'node_modules/.package-lock.json'].map((name) => join(HOME, name)),
];

/** The built file is a function, as Node makes one of each module: wrapped at each start it would be copied. */
const [HEAD, END] = ['(function (exports, require, module, __filename, __dirname) {', '});'];
/** Packages that are modules ask for this. */
const URL_HERE = `const $url = require('node:url').pathToFileURL(__filename).href;`;

/** The built programs of this checkout, below `node_modules`, so that the packages they leave out are found. */
export function cacheNamed(name) {
  return join(HOME, 'node_modules/.cache', name);
}

/**
 * Returns the programs of a cache. `builtAt`: the path of the JavaScript for a TypeScript program, which has no top-level await.
 * `programAt`: the same, once it is there; it is built again if one of its files changed since the last time.
 */
export function programsIn(cache) {
  const known = new Map();
  const builtAt = (path) => join(cache, `${basename(path, '.ts')}.cjs`);
  const programAt = (path) => {
    const program = known.get(path) ?? ready(path);
    known.set(path, program);
    return program;
  };

  async function ready(path) {
    const program = builtAt(path);
    const list = `${program}.json`;
    let { home, stamps = {}, programs } = await listAt(list);
    // The built file names the places of its sources: that of a checkout which was copied is not its own.
    if (home !== HOME || !isDeepStrictEqual(stamps, stampsOf(Object.keys(stamps)))) {
      stamps = stampsOf(WAY);
      const bundle = await bundled(path, builtAt);
      ({ programs } = bundle);
      await mkdir(cache, { recursive: true });
      const map = sealed(indexed(bundle.map), bundle.contents);
      const made = [
        await put(`${bundleOf(program)}.map`, (own) => writeFile(own, map)),
        await put(bundleOf(program), (own) => writeFile(own, sealed(bundle.contents))),
        await put(program, (own) => copyFile(START, own)),
      ];
      // What was built is on the list too: it may be gone, cut off where the power failed, or of another start at the same time.
      stamps = Object.assign(stamps, bundle.stamps, ...made);
      await put(list, (own) => writeFile(own, JSON.stringify({ home: HOME, stamps, programs })));
    }
    await Promise.all(programs.map(programAt));
    return program;
  }

  return { builtAt, programAt };
}

let building = 0;

/** esbuild works in a process of its own, which would stay as long as this one. */
async function built(options) {
  const { build, stop } = await import('esbuild');
  building += 1;
  try {
    return await build(options);
  } finally {
    building -= 1;
    if (!building) await stop();
  }
}

async function bundled(path, builtAt) {
  const programs = new Set();
  const stamps = {};
  const load = async ({ path: file }) => {
    // Before it is read: one that is saved while the program is built has another stamp the next time.
    stamps[file] = stampOf(file);
    const { contents, programs: named } = ownPlace(file, await readFile(file, 'utf8'), builtAt);
    for (const one of named) programs.add(one);
    return { contents, loader: 'ts' };
  };
  const unmapped = async ({ path: file }) => ({ contents: withoutMap(await readFile(file, 'utf8')), loader: 'js' });
  const setup = ({ onLoad, onResolve, resolve: resolveAsUsual }) => {
    onResolve({ filter: /^iconv-lite$/ }, onceEachVersion(resolveAsUsual));
    onLoad({ filter: /\.ts$/ }, load);
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, unmapped);
  };
  const { outputFiles, metafile } = await built({
    absWorkingDir: HOME,
    entryPoints: [path],
    outfile: builtAt(path),
    bundle: true,
    metafile: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    charset: 'ascii',
    minifyWhitespace: true,
    // Node shows the line of an error that nobody catches.
    lineLimit: 200,
    sourcemap: 'external',
    sourcesContent: false,
    // Native, so not JavaScript; and what Skein itself resolves as it runs.
    external: ['libsql', 'esbuild'],
    define: { 'import.meta.url': '$url' },
    banner: { js: `${HEAD}${URL_HERE}` },
    footer: { js: END },
    plugins: [{ name: 'own place', setup }],
  });
  const [map, output] = ['.map', '.cjs'].map((end) => outputFiles.find((one) => one.path.endsWith(end)));
  if (!output || !map) throw new Error(`Nothing came of ${path}.`);
  const own = Object.keys(metafile.inputs).filter((name) => !name.startsWith('node_modules/'));
  const all = { ...stampsOf(own.map((name) => join(HOME, name))), ...stamps };
  return { contents: output.contents, map: map.text, stamps: all, programs: [...programs] };
}

/** Six packages bring their own copies of the tables of `iconv-lite`, half a megabyte each, most of them of the same version. */
function onceEachVersion(resolveAsUsual) {
  const paths = new Map();
  return async ({ path, pluginData, ...from }) => {
    if (pluginData) return undefined;
    const found = await resolveAsUsual(path, { ...from, pluginData: 'as usual' });
    if (found.errors.length) return found;
    const { version } = JSON.parse(await readFile(packageOf(path, found.path), 'utf8'));
    if (!paths.has(version)) paths.set(version, found.path);
    return { ...found, path: paths.get(version) };
  };
}

function packageOf(name, path) {
  const folder = join('node_modules', name);
  return join(path.slice(0, path.lastIndexOf(folder)), folder, 'package.json');
}

/**
 * Adds a map that says nothing of the text: its one entry is on a line after the last. The places in packages stay those of
 * the built file; with them the map would be five times as large.
 */
function withoutMap(text) {
  const mappings = `${';'.repeat(text.split('\n').length + 1)}AAAA`;
  const map = JSON.stringify({ version: 3, sources: ['package'], mappings });
  return `${text}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}

/** A list that was damaged, as when the machine lost its power, is none. */
async function listAt(path) {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** One by one: more than a thousand at a time through Node's threads take five times the processor time. */
function stampsOf(files) {
  return Object.fromEntries(files.map((file) => [file, stampOf(file)]));
}

function stampOf(file) {
  try {
    const { mtimeMs, size } = statSync(file);
    return `${mtimeMs} ${size}`;
  } catch {
    return 'absent';
  }
}

/** Returns the stamp of what it wrote. Another process may build or start it at the same time. */
async function put(path, write) {
  const own = `${path}.${process.pid}`;
  await write(own);
  const stamp = stampOf(own);
  await rename(own, path);
  return { [path]: stamp };
}
