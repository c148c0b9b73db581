// Mocha's own report, and beside it as JSON for test.mjs: the counts, and the tests that were skipped or tried again.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_PENDING, EVENT_TEST_RETRY } = Mocha.Runner.constants;

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    const retried = [];
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push({ title: test.fullTitle(), reason: reasonIn(test) }));
    runner.on(EVENT_TEST_RETRY, (test, error) =>
      retried.push({ title: test.fullTitle(), reason: String(error?.message ?? error).split('\n')[0] }),
    );
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      writeFileSync(
        process.env.SKEIN_TEST_COUNTS,
        JSON.stringify({ passed: passes, failed: failures, skipped, retried }),
      );
    });
  }
}

/** A test says in its title what it lacks: `… (needs MONGODB_URI)`, `… (skipped: no schema here)`, `is skipped: there is no …`. */
export function reasonIn(test) {
  const found = /\(((?:needs|skipped:?) [^)]+)\)$|is skipped: (.+)$/.exec(test.fullTitle());
  return found?.[1] ?? found?.[2] ?? 'its title does not say why; write “(needs …)” at its end';
}
