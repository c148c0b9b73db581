// The runs of the pod -> nodes: for whom each is, what people want of it, what it waits for, and what can be done about it.
import { faceOf } from '../nodes/people.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';

const LIVE = ['working', 'waiting'];

/** @param {{ state: string }} run */
export const isLive = ({ state }) => LIVE.includes(state);

/** @param {any} pod @param {{ info: any, now: Date }} shown */
export function runsNodes(pod, shown) {
  // People do not look for a run that had nothing to say.
  const runs = pod.runs.filter(({ state }) => state !== 'silent');
  if (runs.length === 0)
    return [h('p', { class: 'empty' }, 'No agent has worked here lately. Name one in a message, and it begins.')];
  return [
    ...group('now', 'At work', runs.filter(isLive), pod, shown),
    ...group(
      'over',
      'Lately',
      runs.filter((run) => !isLive(run)),
      pod,
      shown,
    ),
  ];
}

function group(key, title, of, pod, shown) {
  if (of.length === 0) return [];
  return [
    h('h3', { key: `${key}-head`, id: `runs-${key}` }, title, ' ', h('span', { class: 'count' }, of.length)),
    h(
      'ul',
      { key, class: 'rows', 'aria-labelledby': `runs-${key}` },
      of.map((run) => row(run, pod, shown)),
    ),
  ];
}

function row(run, pod, { info, now }) {
  const { id, agent, title, conversation } = run;
  return h(
    'li',
    { key: id, class: 'row run-row', 'data-run': id, 'data-conversation': conversation, 'data-agent': agent },
    faceOf(agent, info),
    h(
      'div',
      { class: 'row-main' },
      h('p', { class: 'row-name' }, agent, title === undefined ? undefined : ` in “${title}”`),
      h('p', { class: 'run-does' }, doing(run, now)),
      facts(run),
      wishes(run, now),
      h(
        'div',
        { class: 'actions' },
        isLive(run) && controls(run),
        threadOf(pod.info?.threads?.[conversation], title ?? agent),
      ),
    ),
  );
}

function doing(run, now) {
  const { state, since, until, ended, waits_for: what, questions = [], paused_by: pausers, taken_by: taker } = run;
  const at = (time) => when(new Date(time), now);
  if (taker !== undefined)
    return `${taker} has taken its work over${waiting(run, 'it is handed back')}; it began at ${at(since)}`;
  if (pausers !== undefined)
    return `Paused by ${pausers.join(', ')}${waiting(run, 'it goes on')}; it began at ${at(since)}`;
  const over = at(ended ?? since);
  switch (state) {
    case 'working':
      return `At work since ${at(since)}`;
    case 'waiting':
      if (what === 'questions') return `Waits for an answer to ${questions.join(', ')}; it began at ${at(since)}`;
      if (until === undefined) return `Waits; it began at ${at(since)}`;
      return `Waits for ${what === 'model' ? 'the model' : 'something that it needs'}, and tries again at ${at(until)}`;
    case 'answered':
      return `Answered at ${over}`;
    case 'paused':
      return `Paused at ${over}, at the end of its budget`;
    case 'stopped':
      return `Stopped at ${over}`;
    case 'failed':
      return `Could not go on at ${over}`;
    default:
      return `Ended at ${over}`;
  }
}

/** How much was written meanwhile. */
function waiting({ messages_wait: count }, until) {
  if (count === undefined) return '';
  return `; ${count} ${count === 1 ? 'message waits' : 'messages wait'} until ${until}`;
}

function facts({ woken_by: whom, steps, last, tokens }) {
  const fact = (words) => h('span', { class: 'fact' }, words);
  return h(
    'p',
    { class: 'row-facts' },
    whom !== undefined && fact(`for ${whom}`),
    fact(`${steps} ${steps === 1 ? 'step' : 'steps'}${last === undefined ? '' : `, last: ${last}`}`),
    fact(`${tokens.toLocaleString('en')} tokens`),
  );
}

/** The states of an instruction, in words. */
const STATES = {
  open: 'open',
  unjudged: 'not weighed yet',
  kept: 'kept',
  replaced: 'replaced',
  withdrawn: 'withdrawn',
  no_instruction: 'no instruction',
  conflict: 'people are asked',
};

function wishes({ agent, instructions = [] }, now) {
  if (instructions.length === 0) return undefined;
  return h(
    'ul',
    { class: 'run-wishes', 'aria-label': `What people want of ${agent}` },
    instructions.map(({ as, by, at, words, state }) =>
      h(
        'li',
        { key: as },
        words === undefined ? '(erased)' : `“${words}”`,
        h('span', { class: 'quiet' }, ` ${by}, ${when(new Date(at), now)} · ${STATES[state] ?? state}`),
      ),
    ),
  );
}

/** Only what can be done about it now. */
function controls({ agent, paused_by: pausers, taken_by: taker }) {
  const control = (action, label) =>
    h(
      'button',
      {
        ...{ key: action, type: 'button', class: action === 'stop-run' ? 'button small danger' : 'button small' },
        ...{ 'data-do': action, 'aria-label': `${label}: ${agent}` },
      },
      label,
    );
  const stop = control('stop-run', 'Stop');
  if (taker !== undefined) return [control('hand-back-run', 'Hand back…'), stop];
  const paused = pausers === undefined ? control('pause-run', 'Pause') : control('resume-run', 'Go on');
  return [paused, control('take-over-run', 'Take over'), stop];
}

function threadOf(thread, what) {
  if (thread === undefined) return undefined;
  return h(
    'button',
    {
      type: 'button',
      class: 'link',
      'data-do': 'thread-of',
      'data-thread': thread,
      'aria-label': `Open the thread: ${what}`,
    },
    'Open the thread',
  );
}
