// Due acts: repeats whose next day has come.
import { type Due, dueKey } from '../../due.ts';
import { REPEATS } from './repeat.ts';

const PAGE = 100;
/** The longest time between two looks, in milliseconds: at any time a repeat may be set that comes before all others. */
const LOOK_MS = 60_000;

export const dueRepeats: Due = {
  name: 'tasks that repeat',
  async look(read, now) {
    const found = await read.find(REPEATS, { where: { dueAt: { lte: now } }, sort: [['dueAt', 'asc']], limit: PAGE });
    return {
      due: found.flatMap(({ id, seq, pod, dueAt }) =>
        dueAt === undefined
          ? []
          : [{ pod, action: 'fire_repeat', input: { repeat: id, dueAt }, key: dueKey({ id, seq }, dueAt) }],
      ),
      next: found.length < PAGE ? now + LOOK_MS : now,
    };
  },
};
