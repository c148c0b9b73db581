// The pod's tasks -> nodes: by state, with who, until when and from where, and what can be done with each.
import { markdown } from './markdown.js';
import { faceOf } from './people.js';
import { dayWords, isPast, when } from './times.js';
import { h } from './tree.js';

const GROUPS = [
  ['started', 'In progress'],
  ['open', 'To do'],
  ['done', 'Done'],
];

/** @param {any} pod @param {{ info: any, names: any, now: Date }} shown */
export function tasksNodes(pod, shown) {
  if (pod.tasks.length === 0) return [h('p', { class: 'empty' }, 'No task yet. Write one above, or ask an agent to.')];
  return GROUPS.flatMap(([state, title]) => {
    const of = pod.tasks.filter((task) => task.state === state);
    if (of.length === 0) return [];
    const rows = state === 'done' ? of.toReversed() : of;
    return [
      h('h3', { key: `${state}-head`, id: `tasks-${state}` }, title, ' ', h('span', { class: 'count' }, of.length)),
      h(
        'ul',
        { key: `${state}-list`, class: 'rows', 'aria-labelledby': `tasks-${state}` },
        rows.map((task) => row(task, pod, shown)),
      ),
    ];
  });
}

function row(task, pod, shown) {
  const { number, title, state } = task;
  const isOpen = pod.openTask === task.id;
  const label = state === 'done' ? `Reopen #${number} ${title}` : `Complete #${number} ${title}`;
  return h(
    'li',
    { key: task.id, class: `row task-row ${state}`, 'data-task': task.id },
    h(
      'button',
      {
        type: 'button',
        class: `check ${state}`,
        'data-do': state === 'done' ? 'reopen-task' : 'complete-task',
        'aria-label': label,
        title: state === 'done' ? 'Reopen' : 'Complete',
      },
      state === 'done' ? '✓' : '',
    ),
    h(
      'div',
      { class: 'row-main' },
      h(
        'button',
        { type: 'button', class: 'row-title', 'data-do': 'open-task', 'aria-expanded': String(isOpen) },
        h('span', { class: 'number' }, `#${number}`),
        ' ',
        title,
      ),
      h(
        'p',
        { class: 'row-facts' },
        assignee(task, shown.info),
        due(task, shown.now),
        source(pod.info?.tasks?.[task.id]),
      ),
      isOpen && details(task, pod, shown),
    ),
  );
}

function assignee({ assigneeName }, info) {
  if (assigneeName === undefined) return h('span', { class: 'fact' }, 'nobody yet');
  return h('span', { class: 'fact' }, faceOf(assigneeName, info, 'tiny'), assigneeName);
}

function due({ due: day, state }, now) {
  if (day === undefined) return undefined;
  const late = state !== 'done' && isPast(day, now);
  return h(
    'span',
    { class: late ? 'fact late' : 'fact' },
    late ? `overdue, ${dayWords(day, now)}` : dayWords(day, now),
  );
}

/** The thread it came up in, where there is one. */
function source(origin) {
  if (origin?.thread !== undefined)
    return h(
      'button',
      { type: 'button', class: 'link fact', 'data-do': 'thread-of', 'data-thread': origin.thread },
      origin.mail ? 'by mail' : 'thread',
    );
  return origin?.mail === undefined ? undefined : h('span', { class: 'fact' }, 'by mail');
}

function details(task, pod, { names, now }) {
  const origin = pod.info?.tasks?.[task.id];
  const people = pod.about?.members ?? [];
  const move = (action, label) => h('button', { type: 'button', class: 'button small', 'data-do': action }, label);
  return h(
    'div',
    { class: 'details' },
    origin?.text && h('div', { class: 'prose' }, markdown(origin.text, names)),
    origin && h('p', { class: 'quiet' }, `Made by ${origin.by}, ${when(new Date(origin.at), now)}`),
    h(
      'div',
      { class: 'actions' },
      task.state === 'open' && move('start-task', 'Start'),
      task.state === 'started' && move('reopen-task', 'Put back'),
      task.state === 'done' ? move('reopen-task', 'Reopen') : move('complete-task', 'Done'),
      h(
        'select',
        { 'data-do': 'assign-task', 'aria-label': `Assignee of #${task.number}` },
        h('option', { value: '', selected: task.assignee === undefined }, 'Nobody'),
        people.map(({ id, name }) => h('option', { value: id, selected: id === task.assignee }, name)),
      ),
    ),
  );
}

/** Who can be given a task. @param {any} pod */
export function assigneeOptions(pod) {
  const people = pod.about?.members ?? [];
  return [
    h('option', { key: 'none', value: '' }, 'Nobody yet'),
    ...people.map(({ id, name }) => h('option', { key: id, value: id }, name)),
  ];
}
