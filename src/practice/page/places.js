// The conversations at the left: which there are, what each is called, and the node that shows them.
import { colour, initials } from './people.js';
import { h } from './tree.js';

/**
 * A place is named as the driver takes it: a channel's id, `app`, `dm:<handle>`.
 * @typedef {{ id: string, kind: 'channel' | 'dm', title: string, sign: string, about: string, members?: string[], agent?: { handle: string, name: string } }} Place
 */

/** @param {any} info what GET /practice/state told @returns {Place[]} */
export function placesOf(info, me) {
  const mine = info.channels.filter((one) => !one.private || one.members === undefined || one.members.includes(me));
  const channels = mine.map(({ id, name, private: hidden, mail, members }) => ({
    id,
    kind: 'channel',
    title: name,
    sign: hidden ? '🔒' : '#',
    about: mail === undefined ? '' : `Mail to ${mail} comes here too.`,
    members,
  }));
  const app = info.app?.name ?? 'Skein';
  const main = {
    id: 'app',
    kind: 'dm',
    title: app,
    sign: '@',
    about: `Everything that you and ${app}'s agents say to one another.`,
  };
  const agents = info.agents.map(({ handle, name, mail }) => ({
    id: `dm:${handle}`,
    kind: 'dm',
    title: name,
    sign: '@',
    about: mail === undefined ? '' : `Also by mail: ${mail}`,
    agent: { handle, name },
  }));
  return [...channels, main, ...agents];
}

/** @param {Place[]} places @param {string} here @param {Set<string>} unread ids of places */
export function placesNode(places, here, unread) {
  const entry = (place) => {
    const isNew = unread.has(place.id);
    return h(
      'li',
      { key: place.id },
      h(
        'button',
        {
          type: 'button',
          class: isNew ? 'place unread' : 'place',
          'data-do': 'go',
          'data-place': place.id,
          'aria-current': place.id === here ? 'page' : undefined,
        },
        place.kind === 'dm'
          ? h(
              'span',
              { class: `avatar agent small c${colour(place.title)}`, 'aria-hidden': 'true' },
              initials(place.title),
            )
          : h('span', { class: 'sign', 'aria-hidden': 'true' }, place.sign),
        h('span', { class: 'name' }, place.title),
        isNew && h('span', { class: 'new' }, 'new'),
      ),
    );
  };
  const group = (id, title, of, extra) => [
    h('h2', { key: `${id}-head`, id }, title),
    of.length === 0
      ? h('p', { key: `${id}-none`, class: 'quiet' }, 'There is none yet.')
      : h('ul', { key: `${id}-list`, 'aria-labelledby': id }, of.map(entry)),
    extra,
  ];
  const make = h(
    'button',
    { key: 'make', type: 'button', class: 'place make', 'data-do': 'make-channel' },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, '+'),
    'New channel',
  );
  return [
    ...group(
      'channels-head',
      'Channels',
      places.filter(({ kind }) => kind === 'channel'),
      make,
    ),
    ...group(
      'dms-head',
      'Direct messages',
      places.filter(({ kind }) => kind === 'dm'),
    ),
  ].filter((node) => node !== undefined);
}
