// What gathering a digest works with.
import type { Reader } from '../log/action.ts';
import type { Links } from './facts.ts';

export interface GatherDeps {
  read: Reader;
  links: Links;
  /** What was said is read too, for a model to sum up. */
  withWords?: boolean;
}
