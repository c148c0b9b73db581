// A program of the tests as one file: it starts in less than half the time that tsx takes, which stands in the way of every import.
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';

const HOME = resolve(import.meta.dirname, '..');
/** Below `node_modules`, so that the packages it imports are found. */
const FOLDER = join(HOME, 'node_modules/.cache/skein-tests');
/** A program that was built in another way, or of other packages, is built again. */
const [HERE, LOCK] = [import.meta.filename, join(HOME, 'package-lock.json')];

/** Packages that are CommonJS ask for these. */
const REQUIRE = `
import { createRequire as $createRequire } from 'node:module';
const require = $createRequire(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;
`;

const built = new Map<string, Promise<string>>();

/** The path of the JavaScript for a TypeScript program. It is built again if one of its files changed since the last time. */
export function programAt(path: string): Promise<string> {
  const known = built.get(path) ?? ready(path);
  built.set(path, known);
  return known;
}

async function ready(path: string): Promise<string> {
  const program = join(FOLDER, `${basename(path, '.ts')}.mjs`);
  const list = `${program}.json`;
  const before = JSON.parse(await readFile(list, 'utf8').catch(() => '{}'));
  const now = await stampsOf(Object.keys(before));
  if (before[HERE] && isDeepStrictEqual(before, now)) return program;
  const { text, files } = await bundled(path);
  await write(program, text);
  await write(list, JSON.stringify(await stampsOf([HERE, LOCK, ...files])));
  return program;
}

async function bundled(path: string): Promise<{ text: Uint8Array; files: string[] }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: HOME,
    entryPoints: [path],
    bundle: true,
    metafile: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Native, so not JavaScript.
    external: ['libsql'],
    banner: { js: REQUIRE },
    plugins: [{ name: 'import-meta', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, withItsOwnPath) }],
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`Nothing came of ${path}.`);
  return { text: output.contents, files: Object.keys(metafile.inputs).map((name) => join(HOME, name)) };
}

async function stampsOf(files: readonly string[]): Promise<Record<string, string>> {
  const stamp = async (file: string) => {
    const { mtimeMs, size } = await stat(file);
    return `${mtimeMs} ${size}`;
  };
  const stamps = files.map(async (file) => [file, await stamp(file).catch(() => 'absent')] as const);
  return Object.fromEntries(await Promise.all(stamps));
}

/** Another process may build or start it at the same time. */
async function write(path: string, text: Uint8Array | string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const own = `${path}.${process.pid}`;
  await writeFile(own, text);
  await rename(own, path);
}

/** In one file, each part still finds what lies beside it in the repository. */
async function withItsOwnPath({ path }: { path: string }) {
  const text = await readFile(path, 'utf8');
  const values: Record<string, string> = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
  const contents = text.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) => JSON.stringify(values[name]));
  return { contents, loader: 'ts' as const };
}
