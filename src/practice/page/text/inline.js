// Text within a paragraph -> nodes: emphasis, code, links, mentions. Both dialects, Markdown and Slack's mrkdwn, are tables of rules.

import { now } from '../nodes/now.js';
import { h } from '../nodes/tree.js';
import { withEmoji } from './emoji.js';
import { safeHref } from './link.js';
import { stampText } from './stamps.js';

/**
 * A rule is tried where one of its `starts` stands; its pattern is sticky and bounded, so no text takes long.
 * @typedef {{ starts: string, pattern: RegExp, make: (found: RegExpExecArray, inner: (text: string) => unknown[], names: import('../nodes/people.js').Names) => unknown }} Rule
 */

const DEEPEST = 6;

/** @param {string} text @param {readonly Rule[]} rules @param {import('../nodes/people.js').Names} names @returns {import('../nodes/tree.js').Node[]} */
export function inline(text, rules, names, depth = 0) {
  const nodes = [];
  let plain = '';
  const inner = (part) => (depth < DEEPEST ? inline(part, rules, names, depth + 1) : [unescaped(part)]);
  for (let at = 0; at < text.length; ) {
    const hit = ruleAt(text, at, rules);
    const made = hit?.rule.make(hit.found, inner, names);
    if (hit === undefined || made === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== '') nodes.push(shown(plain));
    plain = '';
    nodes.push(...[made].flat());
    at += hit.found[0].length;
  }
  if (plain !== '') nodes.push(shown(plain));
  return nodes;
}

function ruleAt(text, at, rules) {
  for (const rule of rules) {
    if (!rule.starts.includes(text[at])) continue;
    rule.pattern.lastIndex = at;
    const found = rule.pattern.exec(text);
    if (found !== null) return { rule, found };
  }
  return undefined;
}

const shown = (text) => withEmoji(unescaped(text));

/** Slack escapes three characters: `&`, `<` and `>`. @param {string} text */
export function unescaped(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name]);
}

/** A link, or only its text if the address is not allowed. */
export function link(address, label) {
  const href = safeHref(unescaped(address));
  return href === undefined ? label : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

const chip = (text, mine = false) => h('span', { class: mine ? 'mention mention-me' : 'mention' }, text);

/** The rules for text without marks: line ends and links. @type {readonly Rule[]} */
export const plainRules = [
  { starts: '\n', pattern: /\n/y, make: () => h('br') },
  {
    starts: 'h',
    pattern: /(?<![\w])https?:\/\/[^\s<>`|"]{1,2000}[^\s<>`|"'.,;:!?)*_~\]]/y,
    make: ([address]) => link(address, unescaped(address)),
  },
];

/** Line ends, code, mentions and bare addresses are the same in both dialects. @type {readonly Rule[]} */
export const common = [
  ...plainRules,
  {
    starts: '`',
    pattern: /(`{1,3})(?!`)([^\n]{1,2000}?)(?<!`)\1(?!`)/y,
    make: ([, , code]) => h('code', {}, unescaped(/^ .*\S.* $/.test(code) ? code.slice(1, -1) : code)),
  },
  {
    starts: '<',
    pattern: /<@([A-Z0-9]{1,30})(?:\|[^<>]{0,200})?>/y,
    make: ([, id], _, names) => chip(`@${names.user(id)}`, id === names.me),
  },
  {
    starts: '<',
    pattern: /<#([A-Z0-9]{1,30})(?:\|([^<>]{0,200}))?>/y,
    make: ([, id, name], _, names) => chip(`#${name || (names.channel(id) ?? 'private-channel')}`),
  },
  {
    starts: '<',
    pattern: /<!(here|channel|everyone)(?:\|[^<>]{0,200})?>/y,
    make: ([, whom]) => chip(`@${whom}`, true),
  },
  {
    starts: '<',
    pattern: /<!date\^(\d{1,12})\^([^<>|^]{1,200})(?:\^([^<>|]{1,2000}))?\|([^<>]{0,200})>/y,
    make: ([, seconds, format, address, fallback]) => {
      const text = stampText(seconds, unescaped(format), now());
      if (text === undefined) return unescaped(fallback);
      const stamp = h('time', { datetime: new Date(Number(seconds) * 1_000).toISOString() }, text);
      return address === undefined ? stamp : link(address, stamp);
    },
  },
  { starts: '<', pattern: /<![a-z]{1,20}\^[^<>|]{0,300}\|([^<>]{0,200})>/y, make: ([, label]) => unescaped(label) },
  {
    starts: '<',
    pattern: /<((?:https?:\/\/|mailto:)[^<>|\s]{1,3000})(?:\|([^<>]{0,3000}))?>/y,
    make: ([, address, label]) => link(address, unescaped(label || address.replace(/^mailto:/, ''))),
  },
  {
    starts: '@',
    pattern: /(?<![\w@./])@([a-z0-9][a-z0-9_-]{0,60})/iy,
    make: ([text, handle], _, names) => (names.handles.has(handle.toLowerCase()) ? chip(text) : undefined),
  },
];
