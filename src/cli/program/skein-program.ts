// The command line as one program, which src/cli/skein.mjs and tests start in its built form.
import { resolve } from 'node:path';
import { main } from '../skein.ts';

void main(resolve(import.meta.dirname, '../../..'));
