// Says how the levels of people bind an agent that works on their task. Pure.
import { isPerson, type PersonId } from '../../log/participant.ts';
import type { PodDoc } from '../pod/pod.ts';
import { peopleAmong } from '../tasks/giving/givers.ts';
import { ACTIVE, type TaskDoc } from '../tasks/task.ts';
import { type Involved, LEVELS, levelOf } from './level.ts';

type Task = Pick<TaskDoc, 'state' | 'involved' | 'givers' | 'givenBy' | 'createdBy'>;
type Pod = Pick<PodDoc, 'involved' | 'involvement'>;

/**
 * The levels that count for the task: what each person said of it; for those who gave it also what they said of the pod, or
 * else the default of the pod. Whoever follows the whole pod is told of others' tasks, and holds none of them.
 */
export function levelsOf(task: Task, pod: Pod | undefined): Involved[] {
  const own = task.involved ?? [];
  const author = task.givenBy ?? task.createdBy;
  const givers = [...new Set([...peopleAmong(task.givers), ...(isPerson(author) ? [author] : [])])];
  const theirs = givers
    .filter((who) => !levelOf(own, who))
    .flatMap((who): Involved[] => {
      const said = levelOf(pod?.involved, who);
      if (said) return [said];
      return pod?.involvement ? [{ who, level: pod.involvement }] : [];
    });
  return [...own, ...theirs];
}

/** How those who follow the tasks of a conversation bind an agent there. Whoever is in none of the lists binds it to nothing. */
export interface Binding {
  /** Each effect needs the yes of these. */
  holders: PersonId[];
  /** These stay closer than the result, so they may be asked. */
  closer: PersonId[];
  /** These want the result only: the agent decides by itself, and does not interrupt them before it. */
  quiet: PersonId[];
}

/** A person counts once, with the closest level that they have on one of these tasks. */
export function bindingOf(tasks: readonly Task[], pod: Pod | undefined): Binding {
  const closest = new Map<PersonId, Involved['level']>();
  for (const { who, level } of tasks.filter(isActive).flatMap((task) => levelsOf(task, pod))) {
    const before = closest.get(who);
    if (!before || LEVELS.indexOf(level) < LEVELS.indexOf(before)) closest.set(who, level);
  }
  const at = (...levels: Involved['level'][]) =>
    [...closest].flatMap(([who, one]) => (levels.includes(one) ? [who] : []));
  return { holders: at('every_step'), closer: at('every_step', 'checkpoints'), quiet: at('result') };
}

/** The people without whose yes the agent has no effect in the conversation of these tasks. */
export function holdersOf(tasks: readonly Task[], pod: Pod | undefined): PersonId[] {
  return bindingOf(tasks, pod).holders;
}

/**
 * Returns the people whom a question to `asked`, or with `asked` absent a post, would interrupt although they want the result
 * only. Somebody who stays closer may be asked, and reads what is posted. Where nobody does, nobody is asked.
 */
export function interrupted({ closer, quiet }: Binding, asked?: readonly PersonId[]): PersonId[] {
  if (!closer.length) return quiet;
  return asked ? quiet.filter((who) => asked.includes(who)) : [];
}

export function isActive({ state }: Pick<TaskDoc, 'state'>): boolean {
  return ACTIVE.some((one) => one === state);
}
