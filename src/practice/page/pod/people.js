// The pod's members and its notebook -> nodes.

import { faceOf } from '../nodes/people.js';
import { sign } from '../nodes/signs.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { markdown } from '../text/markdown.js';

const ROLES = { owner: 'owner', member: 'member', guest: 'guest' };

/** @param {any} pod @param {{ info: any }} shown */
export function membersNodes(pod, { info, me }) {
  const members = pod.about?.members ?? [];
  const isAgent = ({ id }) => id.startsWith('agent:');
  const mine = info.users.find(({ id }) => id === me)?.handle;
  const group = (title, of) => [
    h('h3', { key: `${title}-head`, id: `members-${title}` }, title, ' ', h('span', { class: 'count' }, of.length)),
    h('ul', { key: `${title}-list`, class: 'rows', 'aria-labelledby': `members-${title}` }, of.map(memberRow)),
  ];
  const memberRow = ({ id, name, handle, role }) =>
    h(
      'li',
      { key: id, class: 'row' },
      faceOf(name, info),
      h(
        'div',
        { class: 'row-main' },
        h('p', { class: 'row-name' }, name),
        h(
          'p',
          { class: 'row-facts' },
          h('span', { class: 'fact' }, `@${handle}`),
          h('span', { class: 'fact' }, ROLES[role] ?? role),
        ),
      ),
      handle !== mine &&
        h(
          'button',
          {
            type: 'button',
            class: 'button small',
            'data-do': 'go',
            'data-place': `dm:${handle}`,
            'aria-label': `Message ${name}`,
          },
          'Message',
        ),
    );
  return [
    ...group('Agents', members.filter(isAgent)),
    ...group(
      'People',
      members.filter((one) => !isAgent(one)),
    ),
  ];
}

/** @param {any} pod @param {{ info: any, names: any, now: Date }} shown */
export function notebookNodes(pod, { info, names, now }) {
  const notes = pod.about?.notebook ?? [];
  if (notes.length === 0)
    return [
      h(
        'p',
        { class: 'empty' },
        'Nothing is kept yet. Decisions and learnings stay here, and open every agent’s work.',
      ),
    ];
  const group = (kind, title) => {
    const of = notes.filter((note) => note.kind === kind);
    if (of.length === 0) return [];
    return [
      h('h3', { key: `${kind}-head`, id: `notes-${kind}` }, title),
      h(
        'ul',
        { key: `${kind}-list`, class: 'rows', 'aria-labelledby': `notes-${kind}` },
        of.map(({ id, text, by, at }) =>
          h(
            'li',
            { key: id, class: 'row note-row' },
            h(
              'div',
              { class: 'row-main' },
              h('div', { class: 'prose' }, markdown(text, names)),
              h(
                'p',
                { class: 'row-facts' },
                h('span', { class: `kind ${kind}` }, sign(kind), kind),
                by && h('span', { class: 'fact' }, faceOf(by, info, 'tiny'), by),
                h('time', { datetime: at }, when(new Date(at), now)),
              ),
            ),
          ),
        ),
      ),
    ];
  };
  return [...group('decision', 'Decisions'), ...group('learning', 'Learnings')];
}
