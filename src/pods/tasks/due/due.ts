// Due acts: tasks whose due day has come or has passed.
import { type Due, dueKey } from '../../due.ts';
import { TASKS } from '../task.ts';

const PAGE = 100;
/**
 * The longest time between two looks, in milliseconds: at any time a task may be created that is due before all others.
 */
const LOOK_MS = 60_000;

export const dueTasks: Due = {
  name: 'tasks that fall due',
  async look(read, now) {
    const found = await read.find(TASKS, { where: { dueAt: { lte: now } }, sort: [['dueAt', 'asc']], limit: PAGE });
    return {
      due: found.flatMap(({ id, seq, pod, dueAt }) =>
        dueAt === undefined
          ? []
          : [{ pod, action: 'fall_due', input: { task: id, dueAt }, key: dueKey({ id, seq }, dueAt) }],
      ),
      next: found.length < PAGE ? now + LOOK_MS : now,
    };
  },
};
