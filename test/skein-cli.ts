// The command line of Skein, for tests that start it often: as one file it starts in less than half the time of `src/cli/skein.mjs`.
import { resolve } from 'node:path';
import { main } from '../src/cli/skein.ts';

void main(resolve(import.meta.dirname, '..'));
