// Due acts: acts of Skein itself at a moment of its clock, declared by the kind they belong to.

import type { ActRequest } from '../log/act.ts';
import type { Reader } from '../log/action.ts';

export interface Due {
  /** The name in the program's log: `digests`. */
  name: string;
  /** The pod whose commits change what is due. Absent: only time does. */
  pod?: string;
  look(read: Reader, now: number): Promise<Moments>;
}

export interface Moments {
  /** Acts that are due now. If repeats were missed, only the newest. */
  due: readonly Firing[];
  /** When to look again at the latest, in milliseconds since 1970. A time in the past means that there was more than one look returns. */
  next: number;
}

/** An act of Skein's own. Its action decides again whether it is still due, because the state may change between the look and the act. */
export interface Firing extends Pick<ActRequest, 'pod' | 'action' | 'input' | 'key'> {
  via?: ActRequest['via'];
}

/** The idempotency key: a thing fires once for a moment, however many processes look. */
export function dueKey(id: string, dueAt: number): string {
  return `due:${id}:${dueAt}`;
}
