// npm test: installs what is missing, runs the specs with mocha, all or those of one tier, and says what was skipped and why.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing, nodeFault } from '../src/cli/install.mjs';
import { specsIn, TIERS, tierOf } from './tiers.mjs';

const home = fileURLToPath(new URL('..', import.meta.url));
const fault =
  nodeFault(process.versions.node) || tierFault(process.argv.slice(2)) || installMissing({ home, dev: true });
if (fault) {
  console.error(fault);
  process.exit(1);
}
const dir = mkdtempSync(join(tmpdir(), 'skein-test-'));
try {
  process.exitCode = run(process.argv.slice(2), join(dir, 'counts.json'));
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function run(args, counts) {
  const mocha = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
  const reporter = fileURLToPath(new URL('test-reporter.mjs', import.meta.url));
  const { specs, rest } = chosen(args);
  const done = spawnSync(process.execPath, [mocha, '--reporter', reporter, ...specs, ...rest], {
    cwd: home,
    stdio: 'inherit',
    env: { ...process.env, SKEIN_TEST_COUNTS: counts },
  });
  return report(done.status ?? 1, readCounts(counts));
}

function tierFault(args) {
  const [, tier] = /^--tier=(.*)$/.exec(args.find((arg) => arg.startsWith('--tier=')) ?? '') ?? [];
  if (tier === undefined || Object.hasOwn(TIERS, tier)) return undefined;
  return `There is no tier “${tier}”. There are: ${Object.keys(TIERS).join(', ')}.`;
}

/** Specs that are named, else those of the tier that is named, else all. */
function chosen(args) {
  const flag = args.find((arg) => arg.startsWith('--tier='));
  const tier = flag?.slice('--tier='.length);
  const rest = args.filter((arg) => arg !== flag);
  if (rest.some((arg) => arg.endsWith('.spec.ts'))) return { specs: [], rest };
  if (tier === undefined) return { specs: ['test/**/*.spec.ts'], rest };
  return {
    specs: specsIn(home)
      .filter((spec) => tierOf(spec) === tier)
      .map((spec) => `test/${spec}`),
    rest,
  };
}

/** Mocha may end before it has run anything. */
function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: [], retried: [] };
  }
}

/** The exit code: mocha's own, and 1 where nothing ran, or where everything has to run. */
function report(status, { passed, failed, skipped, retried }) {
  const lines = skipped.map(({ title, reason }) => `  - ${title}: ${reason}`);
  if (lines.length) console.log(`Skipped, for want of something on this machine:\n${lines.join('\n')}\n`);
  // With --retries: nobody is to think that these are steady.
  for (const { title, reason } of retried) console.log(`Failed, and was tried again: ${title}: ${reason}`);
  const nothing = passed + failed === 0;
  if (nothing) console.log('No test ran, so nothing is shown to work.');
  // What needs the word in SKEIN_CI_LATER is run by a later call.
  const later = process.env.SKEIN_CI_LATER;
  const strict = process.env.SKEIN_CI === '1' && skipped.some(({ reason }) => !later || !reason.includes(later));
  if (strict) console.log('Here nothing may be skipped (SKEIN_CI=1): give the tests above what they need.');
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  return status || (nothing || strict ? 1 : 0);
}
