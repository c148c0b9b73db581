// Due acts: Skein itself does them at a certain time. Each is declared by the kind of thing that it is about.

import type { ActRequest } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { ViewDoc } from '../log/view.ts';

export interface Due {
  /** The name in the logger: `digests`. */
  name: string;
  /** The pod whose commits may change what is due. Absent: only time changes it. */
  pod?: string;
  look: Look;
  /** Returns a look that keeps what it has read, for a process that looks again and again. Absent: each look reads all. */
  watch?(): Look;
}

export type Look = (read: Reader, now: number) => Promise<Moments>;

export interface Moments {
  /** The acts that are due now. Of several missed repeats only the newest is here. */
  due: readonly Firing[];
  /**
   * The latest time for the next look, in milliseconds since 1970. A time in the past means that more is due than one
   * look returns.
   */
  next: number;
}

/**
 * An act of Skein itself. Its action decides again whether it is still due, because the state may change between the
 * look and the act.
 */
export interface Firing extends Pick<ActRequest, 'pod' | 'action' | 'input' | 'key'> {
  via?: ActRequest['via'];
}

/**
 * Returns the idempotency key: however many processes look, a thing is done once. It contains the commit that changed the
 * thing last, because it may be set to the same time once more, after that time has come.
 */
export function dueKey({ id, seq }: Pick<ViewDoc, 'id' | 'seq'>, dueAt: number): string {
  return `due:${id}:${seq}:${dueAt}`;
}
