// Loads mongoose only when MongoDB is used: it takes half a second, which the embedded store should not cost.
import { createRequire } from 'node:module';
import type mongoose from 'mongoose';

const require = createRequire(import.meta.url);

export function driver(): typeof mongoose {
  return require('mongoose') as typeof mongoose;
}
