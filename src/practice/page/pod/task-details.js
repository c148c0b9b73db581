// One task opened -> nodes: its text, where it comes from, who follows it, and what can be done with it.

import { reviewMoves } from '../board/review.js';
import { fileSign, sign } from '../nodes/signs.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { markdown } from '../text/markdown.js';

/** @param {any} task @param {any} pod @param {{ names: any, now: Date, asksOf: (number: number) => any }} shown */
export function taskDetails(task, pod, { names, now, asksOf }) {
  const origin = pod.info?.tasks?.[task.id];
  const { source, files = [], followers = [] } = pod.origin?.id === task.id ? pod.origin : {};
  return h(
    'div',
    { class: 'details' },
    origin?.text && h('div', { class: 'prose' }, markdown(origin.text, names)),
    h(
      'dl',
      { class: 'facts' },
      origin && fact('Made by', `${origin.by}, ${when(new Date(origin.at), now)}${origin.mail ? ', by mail' : ''}`),
      followers.length > 0 && fact('Followed by', followers.join(', ')),
      files.length > 0 && fact('Files', files.map(fileLink)),
    ),
    source &&
      h(
        'details',
        { key: `source ${task.id}`, class: 'source' },
        h('summary', {}, sign('mail'), ' The mail it came from'),
        h('div', { class: 'source-text' }, source),
      ),
    origin?.thread !== undefined &&
      h(
        'p',
        {},
        h(
          'button',
          { type: 'button', class: 'link', 'data-do': 'thread-of', 'data-thread': origin.thread },
          sign('thread'),
          ' Open the thread',
        ),
      ),
    moves(task, pod, asksOf(task.number)),
  );
}

const fact = (name, said) => h('div', {}, h('dt', {}, name), h('dd', {}, said));

const fileLink = (name) =>
  h(
    'button',
    { type: 'button', class: 'link file-of', 'data-do': 'open-file', 'data-file': name },
    fileSign(name),
    ' ',
    name.split('/').at(-1),
  );

/** `asked`: what is asked of the person about it, as the list of what waits has it. */
function moves(task, pod, asked) {
  const people = pod.about?.members ?? [];
  const move = (action, label) => h('button', { type: 'button', class: 'button small', 'data-do': action }, label);
  const isOver = task.state === 'done' || task.state === 'dropped';
  const waits = task.waits_for !== undefined;
  return h(
    'div',
    { class: 'actions' },
    asked && reviewMoves({ ...asked, number: task.number }),
    task.state === 'open' && !waits && move('start-task', 'Start'),
    task.state === 'started' && move('reopen-task', 'Put back'),
    !isOver && !waits && move('complete-task', 'Done'),
    isOver ? move('reopen-task', 'Reopen') : move('drop-task', 'Drop…'),
    h(
      'select',
      { 'data-do': 'assign-task', 'aria-label': `Assignee of #${task.number}` },
      h('option', { value: '', selected: task.assignee === undefined }, 'Nobody'),
      people.map(({ id, name }) => h('option', { value: id, selected: id === task.assignee }, name)),
    ),
  );
}
