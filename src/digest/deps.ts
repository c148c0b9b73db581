// The dependencies of the code that gathers a digest.
import type { Reader } from '../log/action.ts';
import type { Links } from './facts.ts';

export interface GatherDeps {
  read: Reader;
  links: Links;
  /** True: the messages of each thread are also read, for a model to summarise. */
  withWords?: boolean;
}
