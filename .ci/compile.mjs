// Makes JavaScript of the TypeScript once, before the specs run, so that none of their processes does it again. Files that did not
// change are taken from the last time.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ownPlace } from '../src/cli/program/own-place.mjs';
import { builtAt, CACHE, programAt } from './programs.mjs';

const ROOTS = ['src', 'test', 'bench'];
/** Made anew by another way of making it. */
const WAYS = ['compile.mjs', '../src/cli/program/own-place.mjs'].map((name) =>
  readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'),
);
const WAY = [...WAYS, process.version].join();

/** Returns the function that gives the JavaScript of a spec, or undefined for one that is not of this repository. */
export async function compiled(home) {
  const folder = join(CACHE, 'compiled');
  const list = join(folder, 'list.json');
  const before = listAt(list);
  const now = Object.fromEntries(sources(home).map((path) => [path, stampOf(join(home, path))]));
  const same = before.way === WAY ? before.files : {};
  for (const path of Object.keys(before.files)) if (!now[path]) rmSync(outOf(folder, path), { force: true });
  const changed = Object.keys(now).filter((path) => now[path] !== same[path]);
  const programs = before.way === WAY ? before.programs : {};
  if (changed.length) Object.assign(programs, await compile(home, folder, changed));
  for (const path of Object.keys(programs)) if (!now[path]) delete programs[path];
  await Promise.all(Object.values(programs).flat().map(programAt));
  mkdirSync(folder, { recursive: true });
  write(list, JSON.stringify({ way: WAY, files: now, programs }));
  return (spec) => {
    const path = relative(home, resolve(home, spec));
    return now[path] && outOf(folder, path);
  };
}

/** Returns the programs that each of these files starts. */
async function compile(home, folder, paths) {
  const programs = {};
  const load = ({ path }) => {
    const { contents, programs: named } = ownPlace(path, readFileSync(path, 'utf8'), builtAt);
    programs[relative(home, path)] = named;
    return { contents, loader: 'ts' };
  };
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /.*/ }, asOneFileEach);
    onLoad({ filter: /\.ts$/ }, load);
  };
  const { outputFiles } = await build({
    absWorkingDir: home,
    entryPoints: paths,
    outbase: home,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    treeShaking: false,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    sourcesContent: false,
    plugins: [{ name: 'file by file', setup }],
  });
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    write(path, contents);
  }
  return programs;
}

/** Each file stays a module of its own, which imports its neighbours' JavaScript. */
function asOneFileEach({ path, kind, resolveDir }) {
  if (kind === 'entry-point') return undefined;
  if (!path.startsWith('.')) return { path, external: true };
  if (path.endsWith('.ts')) return { path: path.replace(/\.ts$/, '.mjs'), external: true };
  return { path: pathToFileURL(resolve(resolveDir, path)).href, external: true };
}

function sources(home) {
  return ROOTS.flatMap((root) => {
    const names = readdirSync(join(home, root), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => join(root, name));
  });
}

function listAt(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { files: {}, programs: {} };
  }
}

function stampOf(path) {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
}

function outOf(folder, path) {
  return join(folder, path.replace(/\.ts$/, '.mjs'));
}

/** Another npm test may read or write it at the same time. */
function write(path, contents) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, contents);
  renameSync(own, path);
}
