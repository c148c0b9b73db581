// mongoose, loaded when MongoDB is used: that takes half a second, which an embedded start need not pay.
import { createRequire } from 'node:module';
import type mongoose from 'mongoose';

const require = createRequire(import.meta.url);

/** The same module each time. */
export function driver(): typeof mongoose {
  return require('mongoose') as typeof mongoose;
}
