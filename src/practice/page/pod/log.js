// The pod's history -> nodes: who, what, when, and through which door.
import { faceOf } from '../nodes/people.js';
import { dayWords, when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { withoutMarks } from '../text/plain.js';

/** Through which door somebody came, as a word on a label. */
const DOORS = {
  slack: 'Slack',
  email: 'mail',
  mcp: 'MCP',
  cli: 'command line',
  web: 'pod view',
  model: 'an agent’s tool',
  skein: 'Skein itself',
};

/** The newest first. @param {any} pod @param {{ info: any, now: Date }} shown */
export function logNodes(pod, { info, now }) {
  const entries = pod.log
    .toReversed()
    .map(({ seq, at, said = at, who, for: served, did, via }) =>
      h(
        'li',
        { key: seq, class: 'row log-row' },
        faceOf(who, info),
        h(
          'div',
          { class: 'row-main' },
          h('p', {}, h('strong', {}, who), served === undefined ? ' ' : ` for ${served} `, daysIn(did ?? '', now)),
          h(
            'p',
            { class: 'row-facts' },
            h('time', { datetime: said }, when(new Date(said), now)),
            h('span', { class: 'door' }, DOORS[via] ?? via),
            h('span', { class: 'fact' }, `№ ${seq}`),
          ),
        ),
      ),
    );
  return [
    h('ol', { key: 'log', class: 'rows', reversed: true, 'aria-label': 'What was done, the newest first' }, entries),
    pod.older &&
      h(
        'p',
        { key: 'older', class: 'empty' },
        h('button', { type: 'button', class: 'button small', 'data-do': 'older' }, 'Earlier'),
      ),
  ].filter(Boolean);
}

/** Words dates for people, except in file names and quotes, and removes Markdown marks from quotes. */
const daysIn = (text, now) =>
  withoutMarks(text).replace(/(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w-])/g, (day) => dayWords(day, now));
