// The dependencies of the code that gathers a digest.
import type { Reader } from '../log/action.ts';
import type { NeedDoc } from '../pods/needs/need.ts';
import type { Links } from './facts.ts';

export interface GatherDeps {
  read: Reader;
  links: Links;
  /** True: the messages of each thread are also read, for a model to summarise. */
  withWords?: boolean;
  /** The line of an open item in Markdown; undefined once it is settled. Absent: only tasks and mentions are listed. */
  lineOf?(item: NeedDoc): Promise<string | undefined>;
}
