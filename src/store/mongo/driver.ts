// Loads mongoose only if MongoDB is used. Loading takes half a second, which a start with the embedded store should not
// cost.
import { createRequire } from 'node:module';
import type mongoose from 'mongoose';

const require = createRequire(import.meta.url);

export function driver(): typeof mongoose {
  return require('mongoose') as typeof mongoose;
}
