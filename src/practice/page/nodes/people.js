// Names by id, and faces: a drawing for the app and its agents, else initials, each on a colour.
import { sign as drawn, isSign } from './signs.js';
import { h } from './tree.js';

/**
 * @typedef {{ user: (id: string) => string, channel: (id: string) => string | undefined, handles: Set<string>, files: ReadonlyMap<string, string>, me: string }} Names
 */

/** The app is the only user that is no person. */
const APP = 'Skein';
export const APP_SIGN = 'skein';

/** @param {{ users: { id: string, name: string }[], channels: { id: string, name: string }[], agents: { handle: string }[], app?: { name: string } }} info @param {string} me @param {ReadonlyMap<string, string>} [files] addresses of the files that can be opened, by name @returns {Names} */
export function namesIn(info, me, files = new Map()) {
  const users = new Map(info.users.map(({ id, name }) => [id, name]));
  const channels = new Map(info.channels.map(({ id, name }) => [id, name]));
  return {
    user: (id) => users.get(id) ?? info.app?.name ?? APP,
    channel: (id) => channels.get(id),
    handles: new Set(info.agents.map(({ handle }) => handle.toLowerCase())),
    files,
    me,
  };
}

/**
 * A face in the one look it has everywhere. @param {{ name: string, sign?: string, agent?: boolean, size?: 'small' | 'tiny' }} who
 * `sign` is the name of a drawing, or of the emoji that an agent wears: where there is no drawing of it, initials stand
 */
export function face({ name, sign, agent = false, size }) {
  const drawing = sign?.replaceAll(':', '') ?? '';
  const classes = ['avatar', agent && 'agent', size, `c${colour(named(name))}`];
  const shown = isSign(drawing) ? drawn(drawing) : initials(name);
  return h('span', { class: classes.filter(Boolean).join(' '), 'aria-hidden': 'true' }, shown);
}

/** The face of somebody whose name alone is known. @param {string} name @param {any} info @param {'small' | 'tiny'} [size] */
export function faceOf(name, info, size = 'small') {
  const sign = name === (info.app?.name ?? APP) ? APP_SIGN : signOf(info, name);
  return face({ name, agent: sign !== undefined, size, ...(sign ? { sign } : {}) });
}

/** The emoji of the agent that goes by this name. @param {any} info @param {string} name */
export function signOf(info, name) {
  return info.agents.find((agent) => agent.name === name)?.emoji;
}

/** Removes the part in brackets: “Ada (through Skein)” is Ada. */
const named = (name) => name.replace(/\s*\(.*\)\s*$/, '');

/** One or two letters. @param {string} name */
export function initials(name) {
  const words = name
    .replace(/\s*\(.*\)\s*$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = '?', last] = words.length > 1 ? [words[0], words.at(-1)] : words;
  return [first, last]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** One of the eight colours that the style sheet knows, always the same for a name. @param {string} name */
export function colour(name) {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 8_191, 7) % 8;
}
