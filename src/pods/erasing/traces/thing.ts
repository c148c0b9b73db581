// A thing of a trace: a document that is left of an erased text.
import type { Subject } from '../../../log/needs/need.ts';
import type { AgentId } from '../../../log/participant.ts';

export type Settled = 'forgotten' | 'kept';

/** A document that was found because of the erasure. */
export interface FoundThing extends Subject {
  /** The agent that made it. Skein, if no agent did. */
  by: AgentId | 'skein';
  /** Set if it is a file that came with the erased message, and that others use. */
  came?: true;
  /** Set if it is what the message said before its author edited it. */
  earlier?: true;
}

export interface MadeThing extends FoundThing {
  /** Absent while its person has not said whether it goes. */
  as?: Settled;
}

export function isSame(a: Subject, b: Subject): boolean {
  return a.on === b.on && a.id === b.id;
}
