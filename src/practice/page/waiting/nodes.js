// What waits for a person -> nodes: what it is, where, by when, and what can be done with it right here.

import { reviewMoves } from '../board/review.js';
import { sign } from '../nodes/signs.js';
import { dayWords, when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { mrkdwnInline } from '../text/mrkdwn.js';
import { awaitedNodes } from './awaited.js';
import { linkTo } from './link.js';

const SIGNS = {
  asked: 'message',
  named: 'message',
  answered: 'message',
  unwoken: 'message',
  stopped: 'message',
  mails: 'mail',
};

/** @param {any} waiting the waiting model @param {{ names: any, info: any, pods: any[], now: Date }} shown */
export function waitingNodes(waiting, shown) {
  if (waiting.fault !== undefined) return [h('p', { class: 'empty' }, waiting.fault)];
  if (waiting.items === undefined) return [h('p', { class: 'empty' }, 'Looking what waits for you…')];
  return [...itemNodes(waiting, shown), ...awaitedNodes(waiting, shown)];
}

function itemNodes({ items, more, places }, shown) {
  if (items.length === 0) return [h('p', { key: 'none', class: 'empty' }, 'Nothing is waiting for you.')];
  const isOff = ({ put_off_until: until }) => until !== undefined;
  const group = (key, title, of) =>
    of.length === 0
      ? []
      : [
          h('h3', { key: `${key}-head`, id: `waiting-${key}` }, title, ' ', h('span', { class: 'count' }, of.length)),
          h(
            'ul',
            { key, class: 'rows', 'aria-labelledby': `waiting-${key}` },
            of.map((one) => row(one, places, shown)),
          ),
        ];
  const isHeld = (one) => one.not_yet && !isOff(one);
  const now = items.filter((one) => !isOff(one) && !isHeld(one));
  return [
    ...group('now', 'Now', now),
    ...group('held', 'Not yet: something else comes first', items.filter(isHeld)),
    ...group('off', 'Put off', items.filter(isOff)),
    ...(more === undefined ? [] : [h('p', { key: 'more', class: 'quiet' }, `…and ${more}.`)]),
  ];
}

/** What names a row among its siblings, also while others come and go. */
const keyOf = ({ item, pod, task, why }) => item ?? `${pod.id} ${task ?? why}`;

function row(one, places, shown) {
  const { pod, item, task, question, trace } = one;
  return h(
    'li',
    {
      key: keyOf(one),
      class: 'row waiting-row',
      'data-item': item,
      'data-pod': pod.id,
      'data-task': task,
      'data-trace': trace,
    },
    h('span', { class: 'row-sign' }, sign(task === undefined ? (SIGNS[one.why] ?? 'message') : 'task')),
    h(
      'div',
      { class: 'row-main', 'data-question': question },
      h('p', { class: 'row-name' }, lead(one)),
      one.text !== undefined && h('p', { class: 'waiting-text' }, mrkdwnInline(one.text, shown.names)),
      facts(one, shown),
      things(one),
      h('div', { class: 'actions' }, choices(one), keeps(one), stuck(one), moves(one), linkTo(one, places, shown)),
    ),
  );
}

function lead({ why, from, task, title, lost, mails, question, made }) {
  if (why === 'goes_on' && task !== undefined)
    return [h('span', { class: 'number' }, task), ` ${title ?? 'a task'} repeats, and is still open: does it go on?`];
  if (lost !== undefined)
    return [h('span', { class: 'number' }, task), ` ${title ?? 'a task'} waits for ${lost}, which will not be done`];
  if (task !== undefined && why === 'review')
    return [h('span', { class: 'number' }, task), ` ${title ?? 'a task'}: is it good as it is?`];
  if (task !== undefined && why === 'rounds')
    return [
      h('span', { class: 'number' }, task),
      ` ${title ?? 'a task'} was sent back in its last round: how does it go on?`,
    ];
  if (task !== undefined) return [h('span', { class: 'number' }, task), ' ', title ?? 'a task'];
  if (mails !== undefined)
    return mails === 1 ? 'A mail waits for an owner to let it in' : `${mails} mails wait for an owner to let them in`;
  if (question !== undefined) return `${from} asks you (${question})`;
  if (why === 'answered')
    return `${from ?? 'Nobody'} answered ${from === undefined ? 'in time ' : ''}what you wait for`;
  if (why === 'unwoken') return 'Agents called one another many times, and wait for a person to go on';
  if (why === 'stopped') return 'An agent that was stopped has got something new, and waits for a person to call it';
  if (why === 'made_from') return leftOf(from, made);
  if (why === 'conflict') return `${title ?? 'A file'} has two versions that do not know of each other`;
  return from === undefined ? 'Something waits for you' : `${from} asks for you`;
}

/** The things that are left of an erased text, each with a button. */
function things({ made = [] }) {
  if (made.length === 0) return undefined;
  return h(
    'ol',
    { class: 'waiting-things' },
    made.map(({ number, what, by, came, earlier, text }) =>
      h(
        'li',
        { key: number, value: number },
        `${thingWords({ what, by, came, earlier })}: “${text}” `,
        made.length > 1 &&
          button('forget-left', 'Forget it', { 'data-number': number, 'aria-label': `Forget number ${number}` }),
      ),
    ),
  );
}

function thingWords({ what, by, came, earlier }) {
  if (earlier) return 'What your message said before; it says now';
  return came ? `A ${what} that came with it` : `A ${what} by ${by}`;
}

/** What is left of a text that the person erased or edited. */
function leftOf(from, made = []) {
  if (made.length === 0) return 'What was left of a text that you erased or changed has gone since';
  if (made.some((thing) => thing.earlier)) return 'You changed a message: its earlier words are still known here';
  const came = made.some((thing) => thing.came);
  if (made.length > 1 && came) return `${made.length} things were made from what you erased, or came with it`;
  if (came) return 'A file came with what you erased, and others use it';
  return `${from} made ${made.length > 1 ? `${made.length} things` : 'something'} from what you erased`;
}

function facts(one, { now }) {
  const { pod, from, task, due, is, needed_by: needed, otherwise, put_off_until: until, state, waits_for: waits } = one;
  const { review, parts, for: absent } = one;
  const fact = (words, late = false) => h('span', { class: late ? 'fact late' : 'fact' }, words);
  return h(
    'p',
    { class: 'row-facts' },
    fact(pod.name),
    task !== undefined && from !== undefined && fact(`from ${from}`),
    state === 'started' && fact('in progress'),
    absent !== undefined && fact(`in place of ${absent}, who is away`),
    waits !== undefined && fact(`waits for ${waits}`),
    review !== undefined && fact(review),
    parts !== undefined && fact(parts),
    due !== undefined && fact(`${is === 'overdue' ? 'overdue' : 'due'} ${dayWords(due, now)}`, is === 'overdue'),
    needed !== undefined && fact(`needed by ${when(new Date(needed), now)}`),
    needed !== undefined && otherwise !== undefined && fact(`if nobody answers, ${from} goes on with: ${otherwise}`),
    until !== undefined && fact(`put off until ${when(new Date(until), now)}`),
  );
}

const button = (action, label, more = {}) =>
  h('button', { key: `${action} ${label}`, type: 'button', class: 'button small', 'data-do': action, ...more }, label);

/** The answers to a question: a button for each option, and room for words. */
function choices({ question, options = [], from }) {
  if (question === undefined) return undefined;
  return [
    ...options.map((choice) =>
      button('choose-answer', choice, { 'data-choice': choice, class: 'button small primary' }),
    ),
    h(
      'span',
      { key: 'words', class: 'waiting-words' },
      h('input', {
        type: 'text',
        'data-words': question,
        'aria-label': `Your answer to ${question}`,
        placeholder: options.length > 0 ? 'Or in your own words' : `Answer ${from}`,
        maxlength: 20_000,
      }),
      button('write-answer', 'Answer', { 'aria-label': `Answer ${question}` }),
    ),
  ];
}

/** The ways to settle an upload over a newer version. */
function keeps({ conflict }) {
  if (conflict === undefined) return undefined;
  const { file, upload, newer, yours } = conflict;
  const keep = (which, label) => button('keep-waiting', label, { 'data-keep': which, 'data-file': file });
  const whose = (which, name) => keep(which, yours === which ? 'Keep mine' : `Keep ${name}'s`);
  return [whose('upload', upload), whose('newer', newer), keep('both', 'Keep both')];
}

/** The task waits for one that will not be done. */
function stuck({ task, lost }) {
  if (lost === undefined) return undefined;
  return [
    button('go-on-without', `Go on without ${lost}`, {
      'data-lost': lost,
      'aria-label': `${task}: go on without ${lost}`,
    }),
    button('wait-instead', 'Wait for another…', { 'data-lost': lost, 'aria-label': `${task}: wait for another…` }),
    button('drop-waiting', 'Drop it too…', { 'aria-label': `Drop ${task} too…` }),
  ];
}

function moves(one) {
  const { item, task, trace, made = [], state, left, lost, parts, waits_for: waits, put_off_until: until, why } = one;
  if (task !== undefined && (why === 'review' || why === 'rounds')) return judging(one);
  if (why === 'goes_on' && task !== undefined)
    return [
      button('go-on', 'Go on', { 'aria-label': `Go on repeating ${task}` }),
      button('end-repeat', 'End it', { 'aria-label': `End the repeats of ${task}` }),
      later(task),
    ];
  const several = made.length > 1;
  return [
    trace !== undefined &&
      made.length > 0 &&
      button('forget-left', several ? `Forget all ${made.length} too` : 'Forget it too'),
    trace !== undefined && button('keep-left', made.length === 0 ? 'All right' : several ? 'Keep them' : 'Keep it'),
    task !== undefined &&
      state === 'open' &&
      waits === undefined &&
      parts === undefined &&
      button('start-waiting', 'Start', { 'aria-label': `Start ${task}` }),
    task !== undefined &&
      waits === undefined &&
      parts === undefined &&
      button('finish-waiting', 'Done', { 'aria-label': `Done: ${task}` }),
    item !== undefined && until === undefined && button('put-off', 'Tomorrow', { title: 'Comes again tomorrow' }),
    task !== undefined &&
      lost === undefined &&
      button('give-waiting', 'Give to…', { 'aria-label': `Give to… (${task})` }),
    // Only whoever has a task can give it back.
    task !== undefined &&
      item !== undefined &&
      one.with === undefined &&
      left === undefined &&
      lost === undefined &&
      button('give-back', 'Not me…', { 'aria-label': `Not me… (${task})` }),
    item !== undefined && later(task ?? 'this'),
  ];
}

/** A reviewer says whether it is good; after the last round a person says how it goes on. Of who has left, owners only read. */
function judging({ item, task, turn, left, why, put_off_until: until }) {
  const asks_you = why === 'review' ? 'review' : 'decide';
  return [
    ...(left === undefined ? reviewMoves({ number: Number(task.slice(1)), asks_you, turn }) : []),
    why === 'rounds' &&
      left === undefined && [
        button('finish-waiting', 'Take it as it is', { 'aria-label': `Take ${task} as it is` }),
        button('drop-waiting', 'Drop it…', { 'aria-label': `Drop ${task}…` }),
      ],
    item !== undefined && until === undefined && button('put-off', 'Tomorrow', { title: 'Comes again tomorrow' }),
    item !== undefined && later(task),
  ];
}

/** The times to which a person puts a thing off. The last one asks for the time. */
function later(what) {
  const choice = (value, label) => h('option', { key: label, value }, label);
  return h(
    'select',
    { key: 'later', class: 'button small', 'data-do': 'put-off-until', 'aria-label': `Later: ${what}` },
    choice('', 'Later…'),
    choice('in an hour', 'In an hour'),
    choice('this afternoon', 'This afternoon'),
    choice('Monday', 'Monday'),
    choice('other', 'Another time…'),
  );
}
