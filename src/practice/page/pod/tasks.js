// The pod's tasks -> nodes: by state, with who, until when and from where, and what can be done with each.
import { faceOf } from '../nodes/people.js';
import { sign } from '../nodes/signs.js';
import { dayWords, isPast } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { taskDetails } from './task-details.js';

/** Nobody works on it any more. */
const isOver = (state) => state === 'done' || state === 'dropped';

const GROUPS = [
  ['started', 'In progress'],
  ['open', 'To do'],
  ['done', 'Done'],
  ['dropped', 'Dropped'],
];

/** @param {any} pod @param {{ info: any, names: any, now: Date }} shown */
export function tasksNodes(pod, shown) {
  if (pod.tasks.length === 0) return [h('p', { class: 'empty' }, 'No task yet. Write one above, or ask an agent to.')];
  const groups = GROUPS.flatMap(([state, title]) => {
    const of = pod.tasks.filter((task) => task.state === state);
    if (of.length === 0) return [];
    const rows = isOver(state) ? of.toReversed() : of;
    return [
      h('h3', { key: `${state}-head`, id: `tasks-${state}` }, title, ' ', h('span', { class: 'count' }, of.length)),
      h(
        'ul',
        { key: `${state}-list`, class: 'rows', 'aria-labelledby': `tasks-${state}` },
        rows.map((task) => row(task, pod, shown)),
      ),
    ];
  });
  if (!pod.moreTasks) return groups;
  const words = `Only ${pod.tasks.length} tasks are shown. The search finds the others.`;
  return [...groups, h('p', { key: 'more', class: 'empty' }, words)];
}

function row(task, pod, shown) {
  const { number, title, state } = task;
  const isOpen = pod.openTask === task.id;
  const label = isOver(state) ? `Reopen #${number} ${title}` : `Complete #${number} ${title}`;
  return h(
    'li',
    { key: task.id, class: `row task-row ${state}`, 'data-task': task.id },
    h(
      'button',
      {
        type: 'button',
        class: `check ${state}`,
        'data-do': isOver(state) ? 'reopen-task' : 'complete-task',
        'aria-label': label,
        title: isOver(state) ? 'Reopen' : 'Complete',
      },
      state === 'done' && sign('check'),
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
        task.review !== undefined && h('span', { class: 'fact' }, task.review),
        task.parts !== undefined && h('span', { class: 'fact' }, task.parts),
        task.waits_for !== undefined && h('span', { class: 'fact' }, `waits for ${task.waits_for}`),
        source(pod.info?.tasks?.[task.id], number),
      ),
      isOpen && taskDetails(task, pod, shown),
    ),
  );
}

function assignee({ assigneeName }, info) {
  if (assigneeName === undefined) return h('span', { class: 'fact' }, 'nobody yet');
  return h('span', { class: 'fact' }, faceOf(assigneeName, info, 'tiny'), assigneeName);
}

function due({ due: day, state }, now) {
  if (day === undefined) return undefined;
  const late = !isOver(state) && isPast(day, now);
  return h(
    'span',
    { class: late ? 'fact late' : 'fact' },
    late ? `overdue, ${dayWords(day, now)}` : dayWords(day, now),
  );
}

/** Links to the mail and the thread from which the task came. */
function source(origin, number) {
  return [
    origin?.mail && h('span', { class: 'fact' }, 'by mail'),
    origin?.thread !== undefined &&
      h(
        'button',
        {
          type: 'button',
          class: 'link fact',
          'data-do': 'thread-of',
          'data-thread': origin.thread,
          'aria-label': `Thread of #${number}`,
        },
        'thread',
      ),
  ];
}

/** The possible assignees of a task. @param {any} pod */
export function assigneeOptions(pod) {
  const people = pod.about?.members ?? [];
  return [
    h('option', { key: 'none', value: '' }, 'Nobody yet'),
    ...people.map(({ id, name }) => h('option', { key: id, value: id }, name)),
  ];
}
