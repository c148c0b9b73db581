// Makes the data directory, or says why it can't be made.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInput } from '../errors.ts';

/** Only this user may look into it. @throws InvalidInput with the cure */
export function makeDataDirectory(dir: string): void {
  try {
    makeEach(dir);
  } catch (error) {
    throw new InvalidInput(
      `The data directory ${dir} can't be made: ${String(error)}. Name another in SKEIN_DATA_DIR.`,
      { cause: error },
    );
  }
}

/** One after the other: Node's own `recursive` never returns where nothing can be made, as in /proc. */
function makeEach(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(dir) !== dir) makeEach(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Somebody else was faster; a file of that name is none.
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
