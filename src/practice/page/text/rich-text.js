// Slack's rich_text block -> nodes.

import { h } from '../nodes/tree.js';
import { emoji } from './emoji.js';
import { link } from './inline.js';

const list = (value) => (Array.isArray(value) ? value : []);

export function richText(block, names) {
  return list(block.elements).map((part) => partOf(part, names));
}

function partOf(part, names) {
  switch (part.type) {
    case 'rich_text_list':
      return h(
        part.style === 'ordered' ? 'ol' : 'ul',
        {},
        list(part.elements).map((item) => h('li', {}, run(item, names))),
      );
    case 'rich_text_preformatted':
      return h('pre', { tabindex: '0' }, h('code', {}, run(part, names)));
    case 'rich_text_quote':
      return h('blockquote', {}, run(part, names));
    default:
      return h('p', {}, run(part, names));
  }
}

const run = (part, names) => list(part.elements).flatMap((piece) => pieceOf(piece, names));

function pieceOf(piece, names) {
  switch (piece.type) {
    case 'link':
      return link(piece.url, styled(piece.text ?? piece.url, piece.style));
    case 'user':
      return h('span', { class: 'mention' }, `@${names.user(piece.user_id)}`);
    case 'channel':
      return h('span', { class: 'mention' }, `#${names.channel(piece.channel_id) ?? 'private-channel'}`);
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${piece.range}`);
    case 'emoji':
      return emoji(String(piece.name)) ?? `:${piece.name}:`;
    default:
      return styled(piece.text ?? '', piece.style);
  }
}

/** Line ends in a piece are meant. */
function styled(text, style = {}) {
  const lines = String(text)
    .split('\n')
    .flatMap((line, n) => (n === 0 ? [line] : [h('br'), line]));
  const tags = { bold: 'strong', italic: 'em', strike: 'del', code: 'code' };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style?.[name] ? [h(tag, {}, inner)] : inner), lines);
}
