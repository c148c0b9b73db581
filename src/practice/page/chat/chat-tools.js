// The controls above the open conversation, and the text if it is empty.
import { h } from '../nodes/tree.js';

/** Offers “join” or “leave”. If the membership is unknown, both are offered, and the driver refuses the wrong one. */
export function toolsOf({ kind, members, title, person, pod: own }, { app }, { as, pod }) {
  const tool = (action, label) =>
    h('button', { key: action, type: 'button', class: 'button small', 'data-do': action }, label);
  const joined = members === undefined || members.includes(as);
  const hasApp = app === undefined || members?.includes(app.id);
  const isOpen = pod !== undefined;
  return [
    kind === 'channel' && members !== undefined && !joined && tool('join', `Join #${title}`),
    kind === 'channel' && !hasApp && tool('add-app', `Add ${app.name}`),
    kind !== 'waiting' &&
      (kind !== 'mail' || own !== undefined) &&
      person === undefined &&
      h(
        'button',
        {
          key: 'pod',
          type: 'button',
          class: isOpen ? 'button small on' : 'button small',
          'data-do': 'pod',
          'aria-expanded': String(isOpen),
          'aria-controls': 'pod',
        },
        'Pod',
      ),
  ].filter(Boolean);
}

/**
 * What can be seen of a conversation: the app has its Home, as in Slack, and a pod its tasks. Empty if there are only messages.
 * @param {any} place @param {boolean} hasPod
 */
export function tabsOf(place, hasPod) {
  const first = place?.kind === 'mail' ? 'Mailbox' : 'Messages';
  const views = [
    place?.id === 'app' && ['home', 'Home'],
    hasPod && ['board', 'Board'],
    hasPod && ['graph', 'Graph'],
  ].filter(Boolean);
  return views.length === 0 ? [] : [['messages', first], ...views];
}

/** @param {string[][]} tabs @param {string | undefined} tab */
export function tabNodes(tabs, tab) {
  const shown = tabs.some(([name]) => name === tab) ? tab : 'messages';
  const one = (name, label) =>
    h(
      'button',
      {
        key: name,
        type: 'button',
        'data-do': 'app-tab',
        'data-tab': name,
        'aria-pressed': String(name === shown),
      },
      label,
    );
  return tabs.map(([name, label]) => one(name, label));
}

export const titleOf = (place) => (place?.kind === 'channel' ? `#${place.title}` : (place?.title ?? ''));

/** The text instead of messages. Empty if there are any. @param {any} model @param {any} place */
export function emptyLine(model, place) {
  if (place === undefined) return 'Choose a conversation at the left.';
  if (model.fault !== undefined) return model.fault;
  if (model.messages === undefined) return 'Reading the messages…';
  if (model.roots().length > 0) return '';
  if (place.kind !== 'dm') return 'Nobody has written here yet. Write the first message below.';
  return `You and ${place.title} have not spoken yet. Write the first message below.`;
}
