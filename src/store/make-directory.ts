// Makes the data directory, or throws with the reason.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInput } from '../errors.ts';

/** Readable by this user only. @throws InvalidInput with how to mend it */
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

/** Makes one level after the other: `recursive` of Node never returns where nothing can be made, as in /proc. */
function makeEach(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(dir) !== dir) makeEach(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // EEXIST is fine if another process made the directory, but not if it is a file.
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
