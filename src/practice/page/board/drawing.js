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
      h(
        'p',
        { class: 'empty' },
        'No task waits for another, and none is a part of one, so there is nothing to draw. The board has them all.',
      ),
    ];
  return [
    cutLine(board, shown.list),
    legend,
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

const legend = h(
  'ul',
  { key: 'legend', class: 'legend', 'aria-label': 'What the lines mean' },
  h('li', {}, h('span', { class: 'line waits', 'aria-hidden': 'true' }), 'has to be done first'),
  h('li', {}, h('span', { class: 'line part', 'aria-hidden': 'true' }), 'is a part of it'),
);

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
