// Makes JavaScript of the TypeScript once, before the specs run, so that none of their processes does it again. Files that did not
// change are taken from the last time.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOTS = ['src', 'test', 'bench'];
/** Below `node_modules`, so that the packages it imports are found. */
const FOLDER = 'node_modules/.cache/skein-tests/compiled';
/** Made anew by another way of making it. */
const WAY = [readFileSync(fileURLToPath(import.meta.url), 'utf8'), process.version].join();

/** Returns the function that gives the JavaScript of a spec, or undefined for one that is not of this repository. */
export async function compiled(home) {
  const folder = join(home, FOLDER);
  const list = join(folder, 'list.json');
  const before = listAt(list);
  const now = Object.fromEntries(sources(home).map((path) => [path, stampOf(join(home, path))]));
  const same = before.way === WAY ? before.files : {};
  for (const path of Object.keys(before.files)) if (!now[path]) rmSync(outOf(folder, path), { force: true });
  const changed = Object.keys(now).filter((path) => now[path] !== same[path]);
  if (changed.length) await compile(home, folder, changed);
  mkdirSync(folder, { recursive: true });
  write(list, JSON.stringify({ way: WAY, files: now }));
  return (spec) => {
    const path = relative(home, resolve(home, spec));
    return now[path] && outOf(folder, path);
  };
}

async function compile(home, folder, paths) {
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
}

/** Each file stays a module of its own, which imports its neighbours' JavaScript and still finds what lies beside its source. */
function setup({ onResolve, onLoad }) {
  onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
    if (kind === 'entry-point') return undefined;
    if (!path.startsWith('.')) return { path, external: true };
    if (path.endsWith('.ts')) return { path: path.replace(/\.ts$/, '.mjs'), external: true };
    return { path: pathToFileURL(resolve(resolveDir, path)).href, external: true };
  });
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const values = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
    const text = readFileSync(path, 'utf8');
    const contents = text.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) =>
      JSON.stringify(values[name]),
    );
    return { contents, loader: 'ts' };
  });
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
    return { files: {} };
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
