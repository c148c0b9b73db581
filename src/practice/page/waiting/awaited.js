// What a person waits for from others -> nodes: what it is, with whom it is, since when and by when.
import { sign } from '../nodes/signs.js';
import { dayWords, isPast, when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { linkTo } from './link.js';

/** @param {any} waiting the waiting model @param {{ info: any, pods: any[], now: Date }} shown */
export function awaitedNodes({ awaited = [], moreAwaited, places }, shown) {
  if (awaited.length === 0) return [];
  return [
    h(
      'h3',
      { key: 'awaited-head', id: 'waiting-awaited' },
      'You wait for',
      ' ',
      h('span', { class: 'count' }, awaited.length),
    ),
    h(
      'ul',
      { key: 'awaited', class: 'rows', 'aria-labelledby': 'waiting-awaited' },
      awaited.map((one) => row(one, places, shown)),
    ),
    ...(moreAwaited === undefined ? [] : [h('p', { key: 'more-awaited', class: 'quiet' }, `…and ${moreAwaited}.`)]),
  ];
}

function row(one, places, shown) {
  const { pod, task, question, title, text } = one;
  return h(
    'li',
    {
      key: `${pod.id} ${task ?? question}`,
      class: 'row waiting-row awaited-row',
      'data-pod': pod.id,
      'data-task': task,
    },
    h('span', { class: 'row-sign' }, sign(task === undefined ? 'message' : 'task')),
    h(
      'div',
      { class: 'row-main' },
      h('p', { class: 'row-name' }, h('span', { class: 'number' }, task ?? question), ' ', title ?? `“${text ?? '…'}”`),
      facts(one, shown.now),
      h('div', { class: 'actions' }, give(one), linkTo(one, places, shown)),
    ),
  );
}

/** Nobody has the task: whoever waits for it gives it to somebody. */
function give({ task, parts, with: people }) {
  if (task === undefined || parts !== undefined || people.length > 0) return undefined;
  const name = `Give to… (${task})`;
  const attrs = { key: 'give', type: 'button', class: 'button small', 'data-do': 'give-waiting', 'aria-label': name };
  return h('button', attrs, 'Give to…');
}

function facts({ pod, with: people, since, state, parts, now: steps, due, needed_by: needed }, now) {
  const fact = (words, late = false) => h('span', { class: late ? 'fact late' : 'fact' }, words);
  const late = due !== undefined && isPast(due, now);
  return h(
    'p',
    { class: 'row-facts' },
    fact(pod.name),
    parts !== undefined && fact(parts),
    steps !== undefined && fact(`now ${steps}`),
    parts === undefined &&
      fact(`with ${people.length === 0 ? 'nobody yet' : people.join(', ')} since ${when(new Date(since), now)}`),
    state === 'started' && fact('in progress'),
    due !== undefined && fact(`${late ? 'overdue' : 'due'} ${dayWords(due, now)}`, late),
    needed !== undefined && fact(`needed by ${when(new Date(needed), now)}`),
  );
}
