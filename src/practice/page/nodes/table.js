// Rows of cells -> a table that can be scrolled sideways, by keyboard too.
import { h } from './tree.js';

/** The first row is the head. @param {import('./tree.js').Node[][][]} rows */
export function table([head = [], ...body]) {
  return h(
    'div',
    { class: 'table', tabindex: '0', role: 'group', 'aria-label': 'Table' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((cell) => h('th', { scope: 'col' }, cell)),
        ),
      ),
      h(
        'tbody',
        {},
        body.map((row) =>
          h(
            'tr',
            {},
            head.map((_, column) => h('td', {}, row[column] ?? [])),
          ),
        ),
      ),
    ),
  );
}
