// Emoji by their short names; a name that is not here is shown as it is written.
import { TABLE } from './emoji-table.js';

const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(' ')),
);

/** `rocket` or `:rocket:` as its character. @param {string} name */
export function emoji(name) {
  return EMOJI.get(name.replaceAll(':', ''));
}

/** @param {string} text */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]{1,40}):/g, (whole, name) => emoji(name) ?? whole);
}
