// Mocha's own report, and beside it the counts and the skipped tests as JSON for test.mjs.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_PENDING } = Mocha.Runner.constants;

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push({ title: test.fullTitle(), reason: reasonIn(test) }));
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      writeFileSync(process.env.SKEIN_TEST_COUNTS, JSON.stringify({ passed: passes, failed: failures, skipped }));
    });
  }
}

/** A test says in its title what it lacks: `… (needs MONGODB_URI)`, `… (skipped: no schema here)`, `is skipped: there is no …`. */
export function reasonIn(test) {
  const found = /\(((?:needs|skipped:?) [^)]+)\)$|is skipped: (.+)$/.exec(test.fullTitle());
  return found?.[1] ?? found?.[2] ?? 'its title does not say why; write “(needs …)” at its end';
}
