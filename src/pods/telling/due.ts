// Due acts: tell people what waits for them, each at their own time.
import { type Due, dueKey } from '../due.ts';
import { HEARINGS } from './hearing.ts';
import { TELLINGS } from './telling.ts';

const PAGE = 200;

/** How long a look stays valid, in milliseconds. It is short, because items may come at any time. */
const LOOK_EVERY_MS = 1000;

export const tellings: Due = {
  name: 'people who are told what waits for them',
  async look(read, now) {
    const due = await read.find(TELLINGS, { where: { dueAt: { lte: now } }, sort: [['dueAt', 'asc']], limit: PAGE });
    return {
      due: due.map(({ id, person, seq, dueAt = now }) => ({
        pod: person,
        action: 'tell',
        input: { dueAt },
        key: dueKey({ id, seq }, dueAt),
      })),
      next: due.length < PAGE ? now + LOOK_EVERY_MS : now,
    };
  },
};

/** How long such a look stays valid, in milliseconds. Whoever named an hour is told within this time after it. */
const PUT_OFF_LOOK_MS = 60_000;

/** Due acts: items that people have put off are told again. */
export const putOffItems: Due = {
  name: 'items that were put off',
  async look(read, now) {
    const due = await read.find(HEARINGS, { where: { until: { lte: now } }, sort: [['until', 'asc']], limit: PAGE });
    return {
      due: due.map(({ id, seq, pod, need, until = now }) => ({
        pod,
        action: 'hear_again',
        input: { need, until },
        key: dueKey({ id, seq }, until),
      })),
      next: due.length < PAGE ? now + PUT_OFF_LOOK_MS : now,
    };
  },
};
