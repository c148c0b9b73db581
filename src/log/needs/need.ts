// Needs: what a change asks of somebody. A kind names them; they are stored in the commit, and never computed again.
import type { PersonId } from '../participant.ts';

/** Everybody who owns the pod. The first who settles such an item settles it for all. */
export type RoleId = 'owners';

export type NeededOf = PersonId | RoleId;

/**
 * `named`: called by name in a message. `assigned`, `reopened`, `rescheduled`, `due`, `overdue`: about a task of theirs.
 * `asked`: a question to them. `answered`: the answer to their question. `unwoken`: an agent that was not woken, because
 * agents had woken each other too often.
 */
export type Reason =
  | 'named'
  | 'assigned'
  | 'reopened'
  | 'rescheduled'
  | 'due'
  | 'overdue'
  | 'asked'
  | 'answered'
  | 'unwoken';

/** The document that a need is about. A person has one item for it, however often it is raised. */
export interface Subject {
  /** The name of its view. */
  on: string;
  id: string;
}

export interface Need {
  who: NeededOf;
  reason: Reason;
  about: Subject;
  conversation?: string;
  /** The message with the words. */
  message?: string;
  /** The due day, YYYY-MM-DD. */
  due?: string;
  /** By when it is needed, in milliseconds since 1970. */
  neededBy?: number;
  /** They were told where it was raised: by a real mention in Slack. */
  live?: true;
}

/** `settle`: the person did what was needed, or it is needed no more (`withdrawn`). */
export type Needed = { open: Need } | Settled;

export interface Settled {
  /** With a message only if the item was raised by that message last. */
  settle: Pick<Need, 'who' | 'about' | 'message'>;
  withdrawn?: true;
}
