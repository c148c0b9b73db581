// The dependencies of gathering a digest.
import type { Reader } from '../log/action.ts';
import type { Links } from './facts.ts';

export interface GatherDeps {
  read: Reader;
  links: Links;
  /** Also reads messages, for a model to sum up. */
  withWords?: boolean;
}
