// One message -> a node: who, when, what, and what can be done with it.
import { blockNodes } from '../blocks/blocks.js';
import { now } from '../nodes/now.js';
import { APP_SIGN, face, signOf } from '../nodes/people.js';
import { sign } from '../nodes/signs.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { emoji } from '../text/emoji.js';
import { withFiles } from '../text/linked.js';
import { mrkdwn, mrkdwnInline } from '../text/mrkdwn.js';
import { clock, timeOf } from './timeline.js';

/** Files that are shown as pictures; they come from this server only. */
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

/** Lines that Slack writes itself. */
const NOTES = /^(channel|group)_|^tombstone$/;

/**
 * @param {any} message
 * @param {{ names: import('../nodes/people.js').Names, info: any, joined: boolean, replies?: { count: number, names: string[], last: string, forMe: boolean }, working?: string, inThread: boolean }} shown
 */
export function messageNode(message, shown) {
  const { names, joined } = shown;
  if (NOTES.test(message.subtype ?? '')) return note(message, names);
  const classes = ['message', joined && 'joined', message.ephemeral && 'ephemeral'].filter(Boolean).join(' ');
  return h(
    'li',
    { key: message.ts, class: classes, 'data-ts': message.ts },
    h(
      'article',
      { 'aria-label': `${message.username}, ${clock(message.ts)}` },
      joined ? h('span', { class: 'gutter' }, time(message.ts)) : avatar(message, shown.info),
      h(
        'div',
        { class: 'content' },
        message.ephemeral && h('p', { class: 'only-you' }, 'Only visible to you'),
        !joined && head(message),
        body(message, shown),
        files(message, names.me),
        reactions(message, names),
        message.streaming && h('p', { class: 'quiet' }, 'Still writing…'),
        !shown.inThread && threadLine(message, shown),
      ),
      message.ephemeral ? undefined : tools(message, shown),
    ),
  );
}

function note({ ts, text, user, username, subtype }, names) {
  const says = mrkdwnInline(text, names);
  const named = subtype === 'tombstone' || text.includes(`<@${user}>`);
  return h(
    'li',
    { key: ts, class: 'note', 'data-ts': ts },
    named ? says : [h('strong', {}, username), ' ', says],
    ' ',
    time(ts),
  );
}

function avatar({ username, icons, bot_id }, info) {
  const own = username === info.app?.name ? APP_SIGN : signOf(info, username);
  const worn = icons?.emoji ?? (bot_id === undefined ? undefined : own);
  return face({ name: username, agent: bot_id !== undefined, ...(worn ? { sign: worn } : {}) });
}

function head({ username, bot_id, ts, edited }) {
  return h(
    'h3',
    { class: 'head' },
    h('span', { class: 'author' }, username),
    bot_id !== undefined && h('span', { class: 'badge' }, 'App'),
    time(ts),
    edited !== undefined && h('span', { class: 'quiet' }, '(edited)'),
  );
}

const time = (ts) => h('time', { datetime: timeOf(ts).toISOString() }, clock(ts));

function body({ text, blocks, attachments }, { names, info }) {
  const main = blocks.length > 0 ? blockNodes(blocks, names, info) : h('div', { class: 'prose' }, mrkdwn(text, names));
  const attached = (attachments ?? []).map((one) =>
    h(
      'div',
      { class: 'card' },
      one.blocks === undefined
        ? mrkdwn(String(one.text ?? one.fallback ?? ''), names)
        : blockNodes(one.blocks, names, info),
    ),
  );
  return withFiles([main, attached].flat(Number.POSITIVE_INFINITY), names.files ?? new Map());
}

function files({ files: all }, me) {
  if (!all?.length) return undefined;
  const link = ({ id, name, url, size, mimetype }) =>
    h(
      'li',
      { key: id },
      h(
        'a',
        { class: 'file', href: `${url}?as=${encodeURIComponent(me)}`, download: name },
        SHOWN.test(mimetype ?? '') &&
          h('img', { src: `${url}?as=${encodeURIComponent(me)}`, alt: '', loading: 'lazy' }),
        h('span', {}, name),
        h('span', { class: 'quiet' }, sizeText(size)),
      ),
    );
  return h('ul', { class: 'files', 'aria-label': 'Files' }, all.map(link));
}

export function sizeText(bytes) {
  if (bytes < 1_000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function reactions({ reactions: all }, { me, user }) {
  if (!all?.length) return undefined;
  const one = ({ name, users, count }) =>
    h(
      'button',
      {
        type: 'button',
        class: 'reaction',
        'data-do': 'react',
        'data-name': name,
        'aria-pressed': String(users.includes(me)),
        'aria-label': `${name}, ${count}, by ${users.map(user).join(', ')}`,
      },
      `${emoji(name) ?? `:${name}:`} ${count}`,
    );
  return h('div', { class: 'reactions' }, all.map(one));
}

function threadLine(message, { replies, working }) {
  if (replies === undefined && working === undefined) return undefined;
  const count = replies?.count ?? 0;
  const said = count === 0 ? 'Open thread' : count === 1 ? '1 reply' : `${count} replies`;
  return h(
    'p',
    { class: 'thread-line' },
    h(
      'button',
      { type: 'button', class: 'link', 'data-do': 'thread', 'aria-label': `${said} to ${message.username}` },
      said,
    ),
    replies?.forMe && h('span', { class: 'for-me' }, 'for you'),
    replies && h('span', { class: 'quiet' }, `${replies.names.join(', ')}, last ${lastWords(replies.last)}`),
    working && h('span', { class: 'working' }, working),
  );
}

/** “at 10:32”, or the day and the time. */
function lastWords(ts) {
  const words = when(timeOf(ts), now());
  return words === clock(ts) ? `at ${words}` : words;
}

function tools(message, { names, info, inThread }) {
  const mine = message.user === names.me;
  const tool = (action, label) => h('button', { type: 'button', 'data-do': action }, label);
  return h(
    'div',
    { class: 'tools', role: 'group', 'aria-label': `For the message of ${message.username}, ${clock(message.ts)}` },
    h('button', { type: 'button', 'data-do': 'react', 'data-name': '+1', 'aria-label': 'Thumbs up' }, sign('thumb')),
    !inThread && tool('thread', 'Reply'),
    (info.app?.shortcuts ?? []).map(({ callbackId, name }) =>
      h('button', { type: 'button', 'data-do': 'shortcut', 'data-shortcut': callbackId }, name),
    ),
    mine && tool('edit', 'Edit'),
    mine && tool('delete', 'Delete'),
  );
}
