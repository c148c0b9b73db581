// Creates the data directory, or throws with the reason.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInput } from '../errors.ts';

/** Creates the directory, readable by this user only. @throws InvalidInput with the cure */
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

/** Creates one level after the other. Node's `recursive` option never returns if nothing can be created, as in /proc. */
function makeEach(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(dir) !== dir) makeEach(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // EEXIST is no failure if another process created the directory, but it is one if the path is a file.
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
