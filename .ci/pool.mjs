// Runs specs in several processes: each takes the next spec of the queue. A process that dies fails its spec, and another takes its place.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('test-worker.mjs', import.meta.url));
/** For what the specs have closed to be gone, on a busy machine. */
const ENDS_WITHIN_MS = 60_000;
const KILLED_AFTER_MS = 3_000;

/** `codeOf` gives the JavaScript of a spec. Resolves with a report for each spec. With one job the output is seen as it comes, else in one piece when its spec is done. */
export async function runSpecs({ specs, jobs, options, home, dir, codeOf }) {
  const queue = [...specs];
  // The first report comes late.
  if (jobs > 1) console.log(`${specs.length} specs in ${jobs} processes, the longest first.`);
  const reports = [];
  const living = new Set();
  const stopped = stopOnSignal(living, queue);
  const context = { options, home, dir, living, codeOf, shown: jobs === 1 };
  const job = async () => {
    let worker;
    for (let spec = queue.shift(); spec; spec = queue.shift()) {
      worker ??= startWorker(context);
      const report = await worker.run(spec);
      reports.push({ spec, ...report });
      if (report.died) worker = undefined;
      if (options.bail && report.failures.length) queue.length = 0;
    }
    const left = await worker?.end();
    if (left) reports.push({ spec: '', ...failed(left) });
  };
  await Promise.all(Array.from({ length: jobs }, job));
  stopped();
  return reports;
}

function startWorker({ options, home, dir, living, codeOf, shown }) {
  const nodeOptions = (options['node-option'] ?? []).map((option) => `--${option}`);
  const output = shown ? 'inherit' : openSync(join(dir, randomUUID()), 'a+');
  // A group of its own, so that whatever its specs started can be ended with it.
  const child = spawn(process.execPath, [...nodeOptions, WORKER], {
    cwd: home,
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  living.add(child.pid);
  const exited = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const heard = (kind) =>
    new Promise((resolve) => {
      const hear = (message) => {
        if (message.kind !== kind) return;
        child.off('message', hear);
        resolve(message);
      };
      child.on('message', hear);
    });
  const ready = heard('ready').then(() => child.send({ kind: 'begin', options }));
  const ran = [];
  let seen = 0;
  const gone = () => {
    endGroup(child.pid, 'SIGKILL');
    living.delete(child.pid);
    if (!shown) closeSync(output);
  };
  const show = () => {
    if (shown) return;
    const text = readFrom(output, seen);
    seen += text.length;
    process.stdout.write(text);
  };
  return {
    async run(spec) {
      ran.push(spec);
      const done = heard('done');
      void ready.then(() => child.send({ kind: 'run', spec, code: codeOf(spec) }));
      const end = await Promise.race([done, exited]);
      show();
      if (end.report) return end.report;
      gone();
      return { ...failed(`${spec}\n     its process ended: ${end}`), died: true };
    },
    /** Resolves with what is wrong, if a spec left something open. */
    async end() {
      child.send({ kind: 'end' });
      const late = delay(ENDS_WITHIN_MS, `not within ${ENDS_WITHIN_MS} ms`, { ref: false });
      const ended = await Promise.race([exited, late]);
      show();
      gone();
      if (ended === 'exit code 0') return undefined;
      return `a process that ran ${ran.join(', ')}\n     did not end by itself: ${ended}`;
    },
  };
}

function failed(text) {
  return { passed: 0, failures: [text], skipped: [], flaky: [], ms: 0 };
}

/** False when the group is gone. */
function endGroup(pid, signal) {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Ctrl-C reaches this process only, since each worker has a group of its own. */
function stopOnSignal(living, queue) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const stop = async (signal) => {
    queue.length = 0;
    for (const pid of living) endGroup(pid, 'SIGTERM');
    const end = Date.now() + KILLED_AFTER_MS;
    while ([...living].some((pid) => endGroup(pid, 0)) && Date.now() < end) await delay(50);
    for (const pid of living) endGroup(pid, 'SIGKILL');
    console.log(`\nStopped by ${signal}: the tests did not end.`);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.once(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** The descriptor's own position is of no use: its writers move it. */
function readFrom(descriptor, position) {
  const { size } = fstatSync(descriptor);
  const text = Buffer.alloc(size - position);
  readSync(descriptor, text, 0, text.length, position);
  return text;
}
