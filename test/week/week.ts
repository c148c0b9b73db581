// npm run week: eight people and five agents work together for a week, through the practice workspace. Fails where
// working with Skein would be a burden, or where somebody never heard of what waits for them. `--read FILE` writes down all
// that they read.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readNumber } from './numbers.ts';
import { play } from './play.ts';
import { faultsOf, tableOf } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    acts: { type: 'string', default: '400' },
    read: { type: 'string' },
  },
});
const outcome = await play({
  seed: readNumber('--seed', values.seed),
  acts: readNumber('--acts', values.acts),
  progress: (line) => process.stderr.write(`${line}\n`),
});
if (values.read) await writeFile(values.read, outcome.read);
const faults = faultsOf(outcome);
process.stdout.write(`${[...tableOf(outcome), ...(faults.length ? faults : ['No bound is broken.'])].join('\n')}\n`);
process.exitCode = faults.length ? 1 : 0;
