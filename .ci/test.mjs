// npm test: installs what is missing, runs the specs in several processes, all or those of one tier, and says what was skipped and why.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing, nodeFault } from '../src/cli/install.mjs';
import { TIERS } from './tiers.mjs';

/** Shorter specs may run at any time, so their length is not recorded. */
const LONG_S = 2;

const home = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const fault = nodeFault(process.versions.node) || tierFault() || installMissing({ home, dev: true });
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.chdir(home);
const dir = mkdtempSync(join(tmpdir(), 'skein-test-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
process.exitCode = await run();

async function run() {
  // They load packages, which may only just have been installed.
  const { chosen } = await import('./chosen.mjs');
  const { runSpecs } = await import('./pool.mjs');
  const { specs, options } = chosen(args, home);
  const codeOf = await codeFor(specs, options);
  const reports = await runSpecs({ specs, jobs: jobsFor(specs), options, home, dir, codeOf });
  if (process.env.SKEIN_TEST_DURATIONS === 'write') await writeDurations(reports);
  return summary(reports);
}

/** JavaScript that is made before the specs run. Where a spec is from elsewhere, tsx loads them all, since one process runs several. */
async function codeFor(specs, options) {
  const ours = (spec) => resolve(spec).startsWith(join(home, 'test/'));
  if (!specs.every(ours)) return (spec) => spec;
  const loaders = (options['node-option'] ?? []).filter((option) => option !== 'import=tsx');
  options['node-option'] = [...loaders, 'enable-source-maps'];
  const { compiled } = await import('./compile.mjs');
  return compiled(home);
}

/** Two more than processors, since some specs wait for most of their time. */
function jobsFor(specs) {
  const jobs = Number(process.env.SKEIN_TEST_JOBS || availableParallelism() + 2);
  return Math.max(1, Math.min(jobs, specs.length));
}

function tierFault() {
  const [, tier] = /^--tier=(.*)$/.exec(args.find((arg) => arg.startsWith('--tier=')) ?? '') ?? [];
  if (tier === undefined || Object.hasOwn(TIERS, tier)) return undefined;
  return `There is no tier “${tier}”. There are: ${Object.keys(TIERS).join(', ')}.`;
}

/** Those of this run, and for the other specs what is written already. */
async function writeDurations(reports) {
  const { durationsIn, specOf } = await import('./chosen.mjs');
  const ran = reports.map(({ spec, ms }) => [specOf(spec, home), Math.round(ms / 1000)]);
  const all = Object.entries({ ...durationsIn(home), ...Object.fromEntries(ran) });
  const long = all.filter(([, seconds]) => seconds >= LONG_S).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(join(home, '.ci/durations.json'), `${JSON.stringify(Object.fromEntries(long), null, 2)}\n`);
}

/** What is to be read stands last. The exit code: how many failed, and 1 where nothing ran, or where everything has to run. */
function summary(reports) {
  const passed = reports.reduce((sum, one) => sum + one.passed, 0);
  const failures = reports.flatMap((one) => one.failures);
  const skipped = reports.flatMap((one) => one.skipped);
  const lines = skipped.map(({ title, reason }) => `  - ${title}: ${reason}`);
  if (lines.length) console.log(`Skipped, for want of something on this machine:\n${lines.join('\n')}\n`);
  const flaky = reports.flatMap((one) => one.flaky);
  if (flaky.length)
    console.log(
      `Flaky: ${flaky.length} failed, and passed when tried again. Mend them; this is how each failed first:`,
    );
  list(flaky);
  if (failures.length) console.log('Failed:');
  list(failures);
  const nothing = passed + failures.length === 0;
  if (nothing) console.log('No test ran, so nothing is shown to work.');
  // What needs the word in SKEIN_CI_LATER is run by a later call.
  const later = process.env.SKEIN_CI_LATER;
  const strict = process.env.SKEIN_CI === '1' && skipped.some(({ reason }) => !later || !reason.includes(later));
  if (strict) console.log('Here nothing may be skipped (SKEIN_CI=1): give the tests above what they need.');
  const unsteady = flaky.length ? `, ${flaky.length} FLAKY` : '';
  console.log(`${passed} passed, ${failures.length} failed, ${skipped.length} skipped${unsteady}`);
  return Math.min(failures.length, 100) || (nothing || strict ? 1 : 0);
}

function list(texts) {
  for (const [n, text] of texts.entries()) console.log(`\n  ${n + 1}) ${text}\n`);
}
