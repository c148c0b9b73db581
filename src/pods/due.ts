// What becomes due: a moment of the product's clock at which Skein itself acts, declared by the kind it belongs to.

import type { ActRequest } from '../log/act.ts';
import type { Reader } from '../log/action.ts';

export interface Due {
  /** In the log of the server: `digests`. */
  name: string;
  /** The pod whose commits change what is due and when; absent: only time does. */
  pod?: string;
  look(read: Reader, now: number): Promise<Moments>;
}

export interface Moments {
  /** What is due by now; of a repeat that was missed, the newest only. */
  due: readonly Firing[];
  /** When to look again at the latest, in milliseconds since 1970. What is past says: there was more than one look takes in. */
  next: number;
}

/**
 * An act of Skein's own. Its action decides once more whether it is still due: between the look and the act somebody may
 * have been faster, or have changed their mind.
 */
export interface Firing extends Pick<ActRequest, 'pod' | 'action' | 'input' | 'key'> {
  via?: ActRequest['via'];
}

/** By which a thing fires once for a moment, whoever looks and however often. */
export function dueKey(id: string, dueAt: number): string {
  return `due:${id}:${dueAt}`;
}
