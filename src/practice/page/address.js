// The page's state in the URL after the #: person, conversation, thread, and the open side pane.

/** @typedef {{ as?: string, place?: string, thread?: string, pod?: string, mail?: string, tab?: string, task?: string }} Where `task` is the task that a link leads to */

const NAMES = ['as', 'place', 'thread', 'pod', 'mail', 'tab', 'task'];

/** @param {string} hash @returns {Where} */
export function readAddress(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const found = NAMES.map((name) => [name, given.get(name)]);
  return Object.fromEntries(found.filter(([, value]) => value !== null && value !== ''));
}

/** @param {Where} where */
export function writeAddress(where) {
  const given = Object.entries(where).filter(([, value]) => value !== undefined && value !== '');
  return `#${new URLSearchParams(given)}`;
}
