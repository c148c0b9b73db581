// Where the page is, as the part of its address after the #: who I am, the conversation, the thread, what is open beside it.

/** @typedef {{ as?: string, place?: string, thread?: string, pod?: string, mail?: string, tab?: string }} Where */

const NAMES = ['as', 'place', 'thread', 'pod', 'mail', 'tab'];

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
