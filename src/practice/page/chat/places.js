// The conversations at the left: which there are, what each is called, and the node that shows them.
import { APP_SIGN, face } from '../nodes/people.js';
import { sign as drawn } from '../nodes/signs.js';
import { h } from '../nodes/tree.js';

/**
 * A place is named as the driver takes it: a channel's id, `app`, `dm:<handle>`; a mailbox is `mail:<address>`.
 * @typedef {{ id: string, kind: 'channel' | 'dm' | 'mail' | 'waiting', title: string, label?: string, sign: string, about: string, pod?: string, mail?: string, channel?: string, members?: string[], agent?: { handle: string, name: string }, person?: { handle: string } }} Place
 */

/** @param {any} info what GET /practice/state told @param {string} me @param {{ id: string, name: string, channel?: string, direct: boolean, mail?: string }[]} [pods] that I am in @returns {Place[]} */
export function placesOf(info, me, pods = []) {
  return [...channelsOf(info, me), ...directOf(info, me), ...mailboxesOf(info, me, pods)];
}

/** @param {{ private?: boolean, members?: string[] }} channel @param {string} person */
export const isOpenTo = (channel, person) =>
  !channel.private || channel.members === undefined || channel.members.includes(person);

function channelsOf(info, me) {
  return info.channels
    .filter((one) => isOpenTo(one, me))
    .map(({ id, name, private: hidden, mail, members, pod, purpose }) => ({
      id,
      kind: 'channel',
      title: name,
      sign: hidden ? 'lock' : 'hash',
      about: [purpose, mail === undefined ? '' : `Mail: ${mail}`].filter(Boolean).join(' · '),
      members,
      pod,
      mail,
    }));
}

function directOf(info, me) {
  const app = info.app?.name ?? 'Skein';
  const main = {
    id: 'app',
    kind: 'dm',
    title: app,
    sign: APP_SIGN,
    about: `Everything that you and ${app}'s agents say to one another.`,
  };
  const agents = info.agents.map(({ handle, name, mail, emoji }) => ({
    id: `dm:${handle}`,
    kind: 'dm',
    title: name,
    sign: emoji ?? '',
    about: mail === undefined ? `Only you and ${name} see this.` : `Only you and ${name} see this. Mail: ${mail}`,
    agent: { handle, name },
  }));
  const others = info.users.filter(({ id, handle }) => id !== me && handle !== undefined);
  const people = others.map(({ handle, name }) => ({
    id: `dm:${handle}`,
    kind: 'dm',
    title: name,
    sign: '',
    about: `Only you and ${name} see this. Agents do not.`,
    person: { handle },
  }));
  return [main, ...agents, ...people];
}

/** Whether a mail server plays along. @param {any} info */
export const hasMail = (info) =>
  info.mailDomain !== undefined || [...info.channels, ...info.agents].some(({ mail }) => mail !== undefined);

/** My own mailbox, that of every pod I can see, and the pods that live by mail alone; none where no mail runs. */
function mailboxesOf(info, me, own) {
  const email = info.users.find(({ id }) => id === me)?.email;
  if (!hasMail(info) || email === undefined) return [];
  const mine = { id: `mail:${email}`, kind: 'mail', title: 'My mailbox', sign: 'inbox', about: email, mail: email };
  const pods = channelsOf(info, me).filter(({ mail }) => mail !== undefined);
  const theirs = pods.map(({ id, title, mail, pod }) => ({
    id: `mail:${mail}`,
    kind: 'mail',
    title: `Mail of ${title}`,
    sign: 'mail',
    about: mail,
    mail,
    pod,
    channel: id,
  }));
  const byMailAlone = own.filter(({ channel, direct, mail }) => channel === undefined && !direct && mail !== undefined);
  const alone = byMailAlone.map(({ id, name, mail }) => ({
    id: `mail:${mail}`,
    kind: 'mail',
    title: `Mail of ${name}`,
    sign: 'mail',
    about: `A pod that lives by mail alone: ${mail}`,
    mail,
    pod: id,
  }));
  return [mine, ...theirs, ...alone];
}

/** Where a newcomer begins: where the agents are. @param {Place[]} places */
export const firstPlace = (places) =>
  places.find(({ pod, kind }) => kind === 'channel' && pod) ??
  places.find(({ kind }) => kind === 'channel') ??
  places[0];

const GROUPS = [
  ['waiting', undefined],
  ['channel', 'Channels'],
  ['mail', 'Mail'],
  ['dm', 'Direct messages'],
];

/** @param {Place[]} places @param {string} here @param {Set<string>} unread ids of places @param {Set<string>} begun where a draft waits @param {number} [waiting] how many things wait for the person */
export function placesNode(places, here, unread, begun, waiting = 0) {
  return GROUPS.flatMap(([kind, title]) => {
    const of = places.filter((place) => place.kind === kind);
    if (of.length === 0 && kind !== 'channel' && kind !== 'dm') return [];
    const id = `${kind}-places`;
    return [
      title && h('h2', { key: `${id}-head`, id }, title),
      h(
        'ul',
        { key: `${id}-list`, 'aria-labelledby': title && id },
        of.map((place) => entry(place, place.id === here, unread.has(place.id), begun.has(place.id), waiting)),
      ),
      kind === 'channel' && make,
    ].filter(Boolean);
  });
}

function entry(place, isHere, isNew, isBegun, waiting) {
  const attrs = {
    type: 'button',
    class: isNew ? 'place unread' : 'place',
    'data-do': 'go',
    'data-place': place.id,
    'aria-current': isHere ? 'page' : undefined,
  };
  return h(
    'li',
    { key: place.id },
    h(
      'button',
      attrs,
      signNode(place),
      h('span', { class: 'name' }, place.label ?? place.title),
      isBegun &&
        !isHere &&
        h('span', { class: 'draft' }, drawn('pencil'), h('span', { class: 'visually-hidden' }, 'draft')),
      place.kind === 'channel' && place.pod && h('span', { class: 'pod-mark' }, 'pod'),
      isNew && h('span', { class: 'new' }, 'new'),
      place.kind === 'waiting' && waiting > 0 && h('span', { class: 'new' }, waiting > 99 ? '99+' : waiting),
    ),
  );
}

function signNode({ kind, title, sign, person }) {
  if (kind !== 'dm') return h('span', { class: 'place-sign' }, drawn(sign));
  return face({ name: title, agent: person === undefined, size: 'small', ...(sign ? { sign } : {}) });
}

const make = h(
  'button',
  { key: 'make', type: 'button', class: 'place make', 'data-do': 'make-channel' },
  h('span', { class: 'place-sign' }, drawn('plus')),
  'New channel',
);
