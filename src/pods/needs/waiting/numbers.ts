// Numbers the things of a list that a person answers by number. Pure.
import type { PersonId } from '../../../log/participant.ts';

/** A thing in a list of a mail. A reply to the mail names it by its number. */
export interface Listed {
  number: number;
  pod: string;
  /** The id of the open item. Absent for a task without one. */
  need?: string;
  /** The task's number in its pod, as `#5`. */
  task?: string;
  /** The absent person who is needed. Set if the mail goes to their deputy. */
  for?: PersonId;
}

/**
 * Returns a different number for each thing. A task keeps its own number unless another task of the list has the same;
 * the other things get the smallest numbers that no task of the list has. `own`: the numbers of the tasks.
 */
export function numbersFor(own: readonly (number | undefined)[]): number[] {
  const taken = new Set(own);
  let free = 0;
  const next = (): number => {
    free += 1;
    return taken.has(free) ? next() : free;
  };
  return own.map((one) => (one !== undefined && own.filter((other) => other === one).length === 1 ? one : next()));
}

/** As above, where several things of the list may be about one task: they share its number. `task`: identifies the task. */
export function numbersByTask(things: readonly ({ task: string; number: number } | undefined)[]): number[] {
  const keys = things.map((one, n) => one?.task ?? n);
  const unique = [...new Set(keys)];
  const numbers = numbersFor(unique.map((key) => things[keys.indexOf(key)]?.number));
  return keys.map((key) => numbers[unique.indexOf(key)] ?? 0);
}
