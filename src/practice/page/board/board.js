// The tasks of a pod as a board -> nodes: a column for each state, and a card for each task with what can be done with it.
import { faceOf } from '../nodes/people.js';
import { dayWords, isPast } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { reviewMoves } from './review.js';
import { cutLine, STANDINGS } from './words.js';

const COLUMNS = [
  ['waits', 'Waits', ['stuck', 'waits']],
  ['ready', 'Can begin', ['ready']],
  ['started', 'In progress', ['started', 'parts']],
  ['review', 'In review', ['review']],
  ['over', 'Done', ['done', 'dropped']],
];

/** More cards of one column nobody looks through. */
const MOST_CARDS = 40;

/**
 * @param {any} board the board model
 * @param {{ info: any, now: Date, list: string, linkTo: (task: string) => string }} shown `list`: the address of the list of all tasks
 */
export function boardNodes(board, shown) {
  if (board.fault !== undefined) return [h('p', { class: 'empty' }, board.fault)];
  if (board.counts === undefined) return [h('p', { class: 'empty' }, 'Reading the tasks…')];
  if (board.tasks.length === 0)
    return [h('p', { class: 'empty' }, 'No task yet. Make one in the pod at the right, or ask an agent to.')];
  return [
    cutLine(board, shown.list),
    h(
      'div',
      { key: 'columns', class: 'columns', role: 'group', 'aria-label': 'Tasks by state', tabindex: '0' },
      COLUMNS.map((column) => columnNode(column, board, shown)),
    ),
  ].filter(Boolean);
}

function columnNode([id, title, standings], { tasks, counts }, shown) {
  const titles = new Map(tasks.map((task) => [task.number, task.title]));
  const of = standings.flatMap((one) => tasks.filter(({ is }) => is === one));
  const all = standings.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  const cards = of.slice(0, MOST_CARDS);
  return h(
    'section',
    { key: id, class: all === 0 ? 'column none-here' : 'column', 'aria-labelledby': `column-${id}` },
    h('h3', { id: `column-${id}` }, title, ' ', h('span', { class: 'count' }, all)),
    all === 0
      ? h('p', { class: 'quiet' }, 'None')
      : h(
          'ul',
          { class: 'cards', 'aria-labelledby': `column-${id}` },
          cards.map((task) => card(task, titles.get(task.part_of), shown)),
        ),
    all > cards.length &&
      h('p', { class: 'quiet' }, `…and ${all - cards.length} more in `, h('a', { href: shown.list }, 'the list')),
  );
}

/** `whole`: the title of the task that it is a part of, if that is on the board. */
function card(task, whole, shown) {
  const { id, number, title, is } = task;
  return h(
    'li',
    { key: id, class: `task-card ${is}`, 'data-task': id },
    h('a', { class: 'card-title', href: shown.linkTo(id) }, h('span', { class: 'number' }, `#${number}`), ' ', title),
    h(
      'p',
      { class: 'row-facts' },
      task.assigneeName === undefined
        ? h('span', { class: 'fact' }, 'nobody yet')
        : h('span', { class: 'fact' }, faceOf(task.assigneeName, shown.info, 'tiny'), task.assigneeName),
      dueFact(task, shown.now),
      task.part_of !== undefined &&
        h('span', { class: 'fact' }, `part of #${task.part_of}${whole === undefined ? '' : ` ${whole}`}`),
      is === 'dropped' && h('span', { class: 'fact' }, STANDINGS.dropped.toLowerCase()),
    ),
    task.waits_for !== undefined &&
      h('p', { class: is === 'stuck' ? 'card-waits late' : 'card-waits' }, `waits for ${task.waits_for}`),
    task.review !== undefined && h('p', { class: 'card-waits' }, task.review),
    task.parts !== undefined && h('p', { class: 'card-waits' }, task.parts),
    moves(task),
  );
}

function dueFact({ due, is }, now) {
  if (due === undefined) return undefined;
  const late = is !== 'done' && is !== 'dropped' && isPast(due, now);
  return h('span', { class: late ? 'fact late' : 'fact' }, `${late ? 'overdue' : 'due'} ${dayWords(due, now)}`);
}

/** What can be done with it right here; all else where its title leads to. */
function moves(task) {
  const { number, is, state, lost, review_first: first } = task;
  const button = (action, label, name) =>
    h(
      'button',
      { key: action, type: 'button', class: 'button small', 'data-do': action, 'aria-label': name, 'data-lost': lost },
      label,
    );
  const isOver = is === 'done' || is === 'dropped';
  const can = is !== 'stuck' && is !== 'waits' && !isOver;
  const shown = [
    ...reviewMoves(task),
    can && is !== 'review' && is !== 'parts' && state === 'open' && button('start-task', 'Start', `Start (#${number})`),
    can && first === 'to ask' && button('ask-review-task', 'Ask for a review', `Ask for a review (#${number})`),
    can && first === undefined && is !== 'parts' && button('complete-task', 'Done', `Done (#${number})`),
    is === 'stuck' && button('without-task', `Go on without #${lost}`, `Go on without #${lost} (#${number})`),
    isOver
      ? button('reopen-task', 'Reopen', `Reopen (#${number})`)
      : button('drop-task', 'Drop…', `Drop… (#${number})`),
  ];
  return h('div', { class: 'actions' }, shown.filter(Boolean));
}
