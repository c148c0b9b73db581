// The tasks of a pod as a drawing -> nodes: the picture that the server made, with links, and the same in words.
import { h } from '../nodes/tree.js';
import { cutLine } from './words.js';

/**
 * @param {any} board the board model
 * @param {{ list: string, linkTo: (task: string) => string }} shown `list`: the address of the list of all tasks
 */
export function drawingNodes(board, shown) {
  if (board.fault !== undefined) return [h('p', { class: 'empty' }, board.fault)];
  if (board.counts === undefined) return [h('p', { class: 'empty' }, 'Reading the tasks…')];
  const { drawing } = board;
  if (drawing === undefined)
    return [
      board.only !== '' && limit(board),
      h(
        'p',
        { key: 'nothing', class: 'empty' },
        board.only === ''
          ? 'No task waits for another, and none is a part of one, so there is nothing to draw. The board has them all.'
          : 'None of these tasks waits for another. The board has them.',
      ),
    ].filter(Boolean);
  return [
    cutLine(board, shown.list),
    limit(board),
    legendOf(drawing.svg),
    h(
      'div',
      { key: 'drawing', class: 'drawing', role: 'region', 'aria-label': 'Drawing', tabindex: '0' },
      linked(drawing.svg, shown.linkTo),
    ),
    drawing.alone > 0 &&
      h(
        'p',
        { key: 'alone', class: 'quiet' },
        drawing.alone === 1
          ? 'One more task waits for none, and none waits for it: it stands on the board.'
          : `${drawing.alone} more tasks wait for none, and none waits for them: they stand on the board.`,
      ),
    inWords(drawing.svg, shown.linkTo),
  ].filter(Boolean);
}

/** The picture knows the tasks by their ids; the page knows where they stand. */
function linked(node, linkTo) {
  if (typeof node === 'string') return node;
  const task = node.attrs['data-task'];
  const attrs = task === undefined ? node.attrs : { ...node.attrs, href: linkTo(task) };
  return { ...node, attrs, children: node.children.map((child) => linked(child, linkTo)) };
}

/** What the drawing shows: all, the parts of one task, or what one person has and what stands beside it. */
function limit({ tasks, only }) {
  const parts = new Set(tasks.map(({ part_of: whole }) => whole));
  const wholes = tasks.filter(
    ({ number, is }) => parts.has(number) && (!['done', 'dropped'].includes(is) || only === `whole ${number}`),
  );
  const people = [...new Set(tasks.map(({ assigneeName }) => assigneeName))].filter(Boolean).sort();
  const option = (value, label) => h('option', { key: value, value, selected: value === only }, label);
  return h(
    'label',
    { key: 'limit', class: 'limit' },
    'Show ',
    h(
      'select',
      { 'data-do': 'limit-graph', 'aria-label': 'Show' },
      option('', 'all tasks'),
      wholes.map(({ number, title }) => option(`whole ${number}`, `#${number} ${title}`)),
      people.map((name) => option(`person ${name}`, `what ${name} has`)),
    ),
  );
}

/** Parts of parts have a line; all others stand in the frame of their whole. */
function legendOf({ children }) {
  const has = (name) => children.some(({ attrs }) => attrs.class.split(' ').includes(name));
  const line = (kind, words) =>
    h('li', { key: kind }, h('span', { class: `line ${kind}`, 'aria-hidden': 'true' }), words);
  return h(
    'ul',
    { key: 'legend', class: 'legend', 'aria-label': 'What the lines mean' },
    line('waits', 'has to be done first'),
    has('graph-frame') && line('frame', 'holds the parts of a task'),
    has('part') && line('part', 'is a part of it'),
  );
}

/** The same as a list, for those who do not see the picture, and for who likes it better. */
function inWords(svg, linkTo) {
  const tasks = svg.children.filter((one) => one.attrs['data-task'] !== undefined);
  return h(
    'details',
    { key: 'words', class: 'in-words' },
    h('summary', {}, 'The same as a list'),
    h(
      'ul',
      {},
      tasks.map((one) =>
        h('li', { key: one.key }, h('a', { href: linkTo(one.attrs['data-task']) }, one.attrs['data-words'])),
      ),
    ),
  );
}
