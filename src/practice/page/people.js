// Names by id, and what stands for a face: initials and a colour.

/**
 * @typedef {{ user: (id: string) => string, channel: (id: string) => string | undefined, handles: Set<string>, me: string }} Names
 */

/** The one user of a practice workspace that is no person is the app. */
const APP = 'Skein';

/** @param {{ users: { id: string, name: string }[], channels: { id: string, name: string }[], agents: { handle: string }[], app?: { name: string } }} info @param {string} me @returns {Names} */
export function namesIn(info, me) {
  const users = new Map(info.users.map(({ id, name }) => [id, name]));
  const channels = new Map(info.channels.map(({ id, name }) => [id, name]));
  return {
    user: (id) => users.get(id) ?? info.app?.name ?? APP,
    channel: (id) => channels.get(id),
    handles: new Set(info.agents.map(({ handle }) => handle.toLowerCase())),
    me,
  };
}

/** One or two letters. @param {string} name */
export function initials(name) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
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
