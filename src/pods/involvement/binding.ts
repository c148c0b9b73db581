// Says how the levels of people bind an agent that works on their task. Pure.
import { isPerson, type PersonId } from '../../log/participant.ts';
import type { PodDoc } from '../pod/pod.ts';
import { peopleAmong } from '../tasks/giving/givers.ts';
import { ACTIVE, type TaskDoc } from '../tasks/task.ts';
import { type Involved, levelOf } from './level.ts';

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

/** The people without whose yes the agent has no effect in the conversation of these tasks. */
export function holdersOf(tasks: readonly Task[], pod: Pod | undefined): PersonId[] {
  const levels = tasks.filter(isActive).flatMap((task) => levelsOf(task, pod));
  return [...new Set(levels.filter(({ level }) => level === 'every_step').map(({ who }) => who))];
}

function isActive({ state }: Pick<TaskDoc, 'state'>): boolean {
  return ACTIVE.some((one) => one === state);
}
