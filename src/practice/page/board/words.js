// How the board, the drawing and the lists name where a task stands, and what they leave out.
import { h } from '../nodes/tree.js';

export const STANDINGS = {
  stuck: 'Stuck',
  waits: 'Waits',
  ready: 'Can begin',
  parts: 'Parts go on',
  started: 'In progress',
  review: 'In review',
  done: 'Done',
  dropped: 'Dropped',
};

/** How many tasks there are. @param {Record<string, number>} counts */
export const total = (counts = {}) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Says what is left out, and where it stands. Undefined if nothing is. @param {any} board @param {string} list address of the whole list */
export function cutLine({ counts, tasks, next }, list) {
  if (next === undefined) return undefined;
  return h(
    'p',
    { key: 'cut', class: 'cut' },
    `These are ${tasks.length} of ${total(counts)} tasks: first those that can begin. `,
    h('a', { href: list }, 'All tasks'),
  );
}
