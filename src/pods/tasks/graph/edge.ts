// The edges of the graph of tasks: a task waits for others, and may be a part of one.
import type { BodyRef } from '../../../log/body.ts';
import type { Need } from '../../../log/needs/need.ts';
import type { ParticipantId } from '../../../log/participant.ts';

/** The most tasks that one task may depend on, and the most of its dependents that one commit changes. */
export const MOST_EDGES = 50;

/**
 * The most levels of parts below a task. Whoever has a part asks who has the whole: deeper than a company's own levels
 * nobody knows any more whose work it is.
 */
export const MOST_LEVELS = 5;

/** A task, as others name it. */
export interface Numbered {
  task: string;
  number: number;
}

/** A task that has to be done first, and is not. */
export interface Waiting extends Numbered {
  /** It will not be done: somebody has dropped it. */
  dropped?: { by: ParticipantId };
  /** It will not be done: it is erased. */
  erased?: true;
}

/** A dependency that a task gets. `done`: nothing is left to wait for. */
export type Added = Waiting & { done?: true };

export interface Dropped {
  by: ParticipantId;
  /** Milliseconds since 1970. */
  at: number;
  /** Why it will not be done. */
  noteRef?: BodyRef;
  /** The id of the task with which it was dropped, as a part of it. */
  along?: string;
}

/**
 * The whole with which a part is dropped, or open again. `noteRef`: why the whole is dropped. `stuck`: the part waits for a task
 * that will not be done.
 */
export interface Along extends Numbered {
  noteRef?: BodyRef;
  stuck?: true;
}

/** The news of a part, for whoever has the whole. `blocked`: it waits for something that will not be done. */
export type Became = NonNullable<Need['became']>;

/** `reopened`: what was told of its end is not so any more. No need is opened by that. */
export type PartTurn = Became | 'reopened';

/**
 * `dependencies_changed`: somebody changed what it depends on. `dependencies_moved`: those tasks themselves were done,
 * dropped, erased or opened again; each as it is now. `woke`: those of them that wake its agent beside the limits. `fresh`: a
 * person did it, so that those which are open again may do so once more. `along`: the same commit drops it too, or opens it
 * again, so that nobody is asked.
 */
export type EdgeChange =
  | { type: 'dependencies_changed'; add: Added[]; remove: Numbered[] }
  | { type: 'dependencies_moved'; moved: Added[]; woke?: string[]; fresh?: true; along?: true }
  | { type: 'part_changed'; part: string; number: number; became: PartTurn };
