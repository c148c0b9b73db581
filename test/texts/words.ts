// The texts of this repository, for tests.
import { resolve } from 'node:path';
import { readTexts } from '../../src/texts/read-texts.ts';

export const HOME = resolve(import.meta.dirname, '../..');
export const { texts } = await readTexts(HOME);
