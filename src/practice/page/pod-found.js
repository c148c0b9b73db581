// What a search of the pod finds -> nodes that lead there.
import { inline } from './inline.js';
import { when } from './times.js';
import { h } from './tree.js';

const KINDS = { message: '💬', task: '☑️', file: '📄', note: '📓', conversation: '🧵' };

/** @param {{ query: string, found: any[] }} sought @param {any} pod @param {{ now: Date, names: any }} shown */
export function foundNodes({ query, found }, pod, { now, names }) {
  const head = h(
    'p',
    { key: 'sought', class: 'quiet found-head' },
    `${found.length === 0 ? 'Nothing' : found.length} found for “${query}” `,
    h('button', { type: 'button', class: 'link', 'data-do': 'end-search' }, 'Back'),
  );
  const rows = found.map(({ kind, id, text, from, at, conversation }) => {
    const thread = pod.info?.threads?.[conversation];
    const attrs =
      kind === 'task'
        ? { 'data-do': 'found-task', 'data-task': id }
        : kind === 'file'
          ? { 'data-do': 'open-file', 'data-file': id }
          : thread === undefined
            ? undefined
            : { 'data-do': 'thread-of', 'data-thread': thread };
    const words = inline(text.replace(/\s+/g, ' '), [], names);
    return h(
      'li',
      { key: id, class: 'row' },
      h('span', { class: 'row-sign', 'aria-hidden': 'true' }, KINDS[kind] ?? '•'),
      h(
        'div',
        { class: 'row-main' },
        attrs === undefined ? h('p', {}, words) : h('button', { type: 'button', class: 'row-title', ...attrs }, words),
        h(
          'p',
          { class: 'row-facts' },
          h('span', { class: 'fact' }, kind),
          from && h('span', { class: 'fact' }, from),
          h('time', { datetime: at }, when(new Date(at), now)),
        ),
      ),
    );
  });
  return [head, h('ul', { key: 'found', class: 'rows', 'aria-label': 'Found' }, rows)];
}
