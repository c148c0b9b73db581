// Search results -> nodes with links, by kind: tasks, notes and files before messages.

import { sign } from '../nodes/signs.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { inline } from '../text/inline.js';
import { withoutMarks } from '../text/plain.js';

const KINDS = [
  ['note', 'Notebook'],
  ['task', 'Tasks'],
  ['file', 'Files'],
  ['conversation', 'Threads'],
  ['message', 'Messages'],
];
const SIGNS = { note: 'note', task: 'task', file: 'file', conversation: 'thread', message: 'message' };

/** @param {{ query: string, found: any[] }} sought @param {any} pod @param {{ now: Date, names: any }} shown */
export function foundNodes({ query, found }, pod, shown) {
  const head = h(
    'p',
    { key: 'sought', class: 'quiet found-head' },
    `${found.length === 0 ? 'Nothing' : found.length} found for “${query}” `,
    h('button', { type: 'button', class: 'link', 'data-do': 'end-search' }, 'Back'),
  );
  return [head, ...KINDS.flatMap(([kind, title]) => group(kind, title, found, pod, shown))];
}

function group(kind, title, found, pod, shown) {
  const of = found.filter((one) => one.kind === kind);
  if (of.length === 0) return [];
  const id = `found-${kind}`;
  return [
    h('h3', { key: `${id}-head`, id }, sign(SIGNS[kind]), ' ', title, ' ', h('span', { class: 'count' }, of.length)),
    h(
      'ul',
      { key: id, class: 'rows', 'aria-labelledby': id },
      of.map((one) => row(one, pod, shown)),
    ),
  ];
}

function row({ kind, id, text, from, at, conversation }, pod, { now, names }) {
  const attrs = leadsTo({ kind, id, conversation }, pod);
  const words = inline(withoutMarks(text).replace(/\s+/g, ' '), [], names);
  return h(
    'li',
    { key: id, class: 'row' },
    h(
      'div',
      { class: 'row-main' },
      attrs === undefined ? h('p', {}, words) : h('button', { type: 'button', class: 'row-title', ...attrs }, words),
      h(
        'p',
        { class: 'row-facts' },
        from && h('span', { class: 'fact' }, from),
        h('time', { datetime: at }, when(new Date(at), now)),
      ),
    ),
  );
}

function leadsTo({ kind, id, conversation }, pod) {
  if (kind === 'task') return { 'data-do': 'found-task', 'data-task': id };
  if (kind === 'file') return { 'data-do': 'open-file', 'data-file': id };
  if (kind === 'note') return { 'data-do': 'pod-tab', 'data-tab': 'notebook' };
  const thread = pod.info?.threads?.[conversation ?? id];
  return thread === undefined ? undefined : { 'data-do': 'thread-of', 'data-thread': thread };
}
