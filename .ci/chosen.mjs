// What npm test is asked for: the specs, longest first, and mocha's options from package.json and the command line.
import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import collectFiles from 'mocha/lib/cli/collect-files.cjs';
import { loadOptions } from 'mocha/lib/cli/options.cjs';
import { normalizeRunOptions, validateRunOptions } from 'mocha/lib/cli/run.cjs';
import { specsIn, tierOf } from './tiers.mjs';

/** Specs that are named, else those of the tier that is named, else all. Paths are absolute. Throws where a path leads to none. */
export function chosen(args, home) {
  const flag = args.find((arg) => arg.startsWith('--tier='));
  const tier = flag?.slice('--tier='.length);
  const options = loadOptions(args.filter((arg) => arg !== flag));
  normalizeRunOptions(options);
  validateRunOptions(options);
  // The processes write into files, so they can't see that somebody reads in a terminal.
  options.color ??= process.stdout.hasColors?.();
  const inTier = specsIn(home).filter((spec) => tier === undefined || tierOf(spec) === tier);
  const spec = options._?.length ? options._ : inTier.map((one) => `test/${one}`);
  const { extension, file = [], ignore = [], recursive = false } = options;
  const { files, unmatchedFiles } = collectFiles({ allowEmpty: false, extension, file, ignore, recursive, spec });
  const [unmatched] = unmatchedFiles;
  if (unmatched) throw new Error(`No spec is at “${unmatched.pattern}”.`);
  return { specs: longestFirst([...new Set(files)], home), options };
}

/** So that no long spec is begun when all others are done. */
function longestFirst(files, home) {
  const durations = durationsIn(home);
  const lengthOf = (file) => durations[specOf(file, home)] ?? 0;
  return files.sort((a, b) => lengthOf(b) - lengthOf(a));
}

/** As the tiers have it: `pods/rebuild.spec.ts`. */
export function specOf(file, home) {
  return relative(join(home, 'test'), resolve(home, file)).split(sep).join('/');
}

/** Seconds by spec, of those that take some; written by `SKEIN_TEST_DURATIONS=write npm test`. */
export function durationsIn(home) {
  return JSON.parse(readFileSync(join(home, '.ci/durations.json'), 'utf8'));
}
