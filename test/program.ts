// A program of the tests as one file, which starts sooner than by tsx.

const PROGRAM = String(new URL('../.ci/programs.mjs', import.meta.url));

/** The path of the JavaScript for a TypeScript program, which has no top-level await. */
export async function programAt(path: string): Promise<string> {
  const { programAt: built } = (await import(PROGRAM)) as { programAt(path: string): Promise<string> };
  return built(path);
}
