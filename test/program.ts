// A program of the tests as one file: it starts in less than half the time that tsx takes, which stands in the way of every import.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Below `node_modules`, so that the packages it imports are found. */
const FOLDER = resolve(import.meta.dirname, '../node_modules/.cache/skein-tests');

/** Packages that are CommonJS ask for these. */
const REQUIRE = `
import { createRequire as $createRequire } from 'node:module';
const require = $createRequire(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;
`;

const built = new Map<string, Promise<string>>();

/** The path of the JavaScript for a TypeScript program; built once by each process. */
export function programAt(path: string): Promise<string> {
  const known = built.get(path) ?? bundled(path);
  built.set(path, known);
  return known;
}

async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Native, so not JavaScript.
    external: ['libsql'],
    banner: { js: REQUIRE },
    plugins: [{ name: 'import-meta', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, withItsOwnPath) }],
  });
  await mkdir(FOLDER, { recursive: true });
  const program = join(FOLDER, `${basename(path, '.ts')}.mjs`);
  // Another process may build or start it at the same time.
  const own = `${program}.${process.pid}`;
  await writeFile(own, outputFiles[0]?.contents ?? '');
  await rename(own, program);
  return program;
}

/** In one file, each part still finds what lies beside it in the repository. */
async function withItsOwnPath({ path }: { path: string }) {
  const text = await readFile(path, 'utf8');
  const values: Record<string, string> = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
  const contents = text.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) => JSON.stringify(values[name]));
  return { contents, loader: 'ts' as const };
}
