// The built programs of the tests, apart from those with which Skein itself starts.
import { cacheNamed, programsIn } from '../src/cli/program/program.mjs';

export const CACHE = cacheNamed('skein-tests');
export const { builtAt, programAt } = programsIn(CACHE);
