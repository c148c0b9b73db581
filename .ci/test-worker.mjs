// One process of npm test: runs the specs that its parent names, one after the other, each in a mocha of its own.
import Mocha from 'mocha';
import { reporterInto } from './test-reporter.mjs';

// As mocha's command line does: an assertion deep in the code still shows the test that made it.
Error.stackTraceLimit = Number.POSITIVE_INFINITY;
let options;
let ended = false;

process.on('message', async (message) => {
  if (message.kind === 'begin') options = message.options;
  if (message.kind === 'run') process.send({ kind: 'done', report: await reportOf(message) });
  // Nothing else is ended: a timer or socket that a spec left open would keep this process, and the parent sees it.
  if (message.kind === 'end') {
    ended = true;
    process.disconnect();
  }
});
// The parent is gone, so nobody ends what the specs started.
process.on('disconnect', () => {
  if (!ended) process.kill(-process.pid, 'SIGKILL');
});
process.send({ kind: 'ready' });

async function reportOf({ spec, code }) {
  const report = { passed: 0, failures: [], skipped: [], flaky: [] };
  const began = performance.now();
  try {
    const mocha = new Mocha({ ...options, reporter: reporterInto(report) });
    mocha.addFile(code);
    await mocha.loadFilesAsync();
    const registered = mocha.suite.total();
    await new Promise((resolve) => mocha.run(resolve));
    if (!registered) report.failures.push(`${spec}\n     has no test`);
  } catch (error) {
    report.failures.push(`${spec}\n     could not be loaded: ${error?.stack ?? error}`);
  }
  return { ...report, ms: Math.round(performance.now() - began) };
}
