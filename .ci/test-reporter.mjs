// Mocha's own report of one spec, and beside it as data: the counts, the tests that were skipped, and the text of each failure,
// also of a test that passed when it was tried again.
import { format, stripVTControlCharacters } from 'node:util';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_PASS, EVENT_TEST_PENDING, EVENT_TEST_RETRY } = Mocha.Runner.constants;
const { Base, Spec } = Mocha.reporters;

/** A reporter that fills `report`. The failures are printed at the end of all specs, so not here. */
export function reporterInto(report) {
  return class extends Spec {
    constructor(runner, options) {
      super(runner, options);
      runner.on(EVENT_TEST_PENDING, (test) => report.skipped.push({ title: test.fullTitle(), reason: reasonIn(test) }));
      const failedFirst = new Map();
      runner.on(EVENT_TEST_RETRY, (test, error) => {
        const title = test.fullTitle();
        if (!failedFirst.has(title)) failedFirst.set(title, textOf(Object.assign(Object.create(test), { err: error })));
      });
      runner.on(EVENT_TEST_PASS, (test) => {
        const text = failedFirst.get(test.fullTitle());
        if (text) report.flaky.push(text);
      });
      runner.once(EVENT_RUN_END, () => {
        report.passed = this.stats.passes;
        report.failures = this.failures.map(textOf);
      });
    }

    epilogue() {}
  };
}

/** As mocha lists it, with its diff and stack. */
function textOf(test) {
  const lines = [];
  const { consoleLog } = Base;
  Base.consoleLog = (...args) => lines.push(format(...args));
  try {
    Base.list([test]);
  } finally {
    Base.consoleLog = consoleLog;
  }
  // Its number is counted anew by the one who lists them all.
  return stripVTControlCharacters(lines.join('\n'))
    .trim()
    .replace(/^1\) */, '');
}

/** A test says in its title what it lacks: `… (needs MONGODB_URI)`, `… (skipped: no schema here)`, `is skipped: there is no …`. */
export function reasonIn(test) {
  const found = /\(((?:needs|skipped:?) [^)]+)\)$|is skipped: (.+)$/.exec(test.fullTitle());
  return found?.[1] ?? found?.[2] ?? 'its title does not say why; write “(needs …)” at its end';
}
