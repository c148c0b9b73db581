// A mailbox -> nodes: the list of mails, and the one that is open.

import { sizeText } from '../chat/message.js';
import { face, faceOf } from '../nodes/people.js';
import { sign } from '../nodes/signs.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { inline, plainRules } from '../text/inline.js';
import { htmlNodes, withoutStyles } from './html.js';
import { whoOf } from './words.js';

/** @param {import('./model.js').Mail[]} mails @param {{ box: 'came' | 'went', here: string | undefined, isNew: (one: any) => boolean, info: any, now: Date }} shown */
export function listNodes(mails, shown) {
  if (mails.length === 0)
    return [h('p', { class: 'empty' }, shown.box === 'went' ? 'Nothing was sent from here yet.' : 'No mail yet.')];
  return [
    h(
      'ul',
      { key: 'mails', class: 'mails' },
      mails.map((one) => entry(one, shown)),
    ),
  ];
}

function entry(one, { box, here, isNew, info, now }) {
  const other = box === 'went' ? whoOf(one.to[0] ?? '') : whoOf(one.from);
  const fresh = box === 'came' && isNew(one);
  return h(
    'li',
    { key: one.n },
    h(
      'button',
      {
        type: 'button',
        class: fresh ? 'mail unread' : 'mail',
        'data-do': 'open-mail',
        'data-mail': one.n,
        'aria-current': String(one.n) === here ? 'true' : undefined,
      },
      faceOf(nameOf(other, info), info, 'small'),
      h(
        'span',
        { class: 'mail-lines' },
        h(
          'span',
          { class: 'mail-who' },
          h('span', { class: 'name' }, box === 'went' ? `To ${nameOf(other, info)}` : nameOf(other, info)),
          h('time', { datetime: one.date }, when(new Date(one.date), now)),
        ),
        h(
          'span',
          { class: 'mail-subject' },
          fresh && h('span', { class: 'visually-hidden' }, 'New: '),
          one.subject || '(no subject)',
        ),
        h(
          'span',
          { class: 'mail-start' },
          one.attachments.length > 0 && [sign('clip'), h('span', { class: 'visually-hidden' }, 'With attachments: ')],
          startOf(one.text),
        ),
      ),
    ),
  );
}

/** The beginning of a mail, without the line “write above this line”. */
const startOf = (text) =>
  (text ?? '')
    .replace(/^\s*-{2,}\s*Reply above this line\s*-{2,}/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 90);

/** The name of a person of the workspace, whatever name the mail gives. */
function nameOf({ name, address }, info) {
  // A pod's agents write from pod+handle@.
  const [, handle] = /\+([^+@]+)@/.exec(address) ?? [];
  const isPod = info.agents.some(({ mail }) => mail?.split('@')[1] === address.split('@')[1]);
  const agent = info.agents.find((one) => one.mail?.toLowerCase() === address || (isPod && one.handle === handle));
  const pod = info.channels.find(({ mail }) => mail?.toLowerCase() === address);
  return agent?.name ?? pod?.name ?? info.users.find(({ email }) => email?.toLowerCase() === address)?.name ?? name;
}

/** @param {import('./model.js').Mail | undefined} one @param {{ info: any, now: Date, names: any, count: number }} shown */
export function readNodes(one, { info, now, names, count }) {
  if (one === undefined)
    return [h('p', { key: 'none', class: 'empty' }, count === 0 ? '' : 'Choose a mail to read it.')];
  const from = whoOf(one.from);
  const tool = (action, label) => h('button', { type: 'button', class: 'button small', 'data-do': action }, label);
  return [
    h(
      'div',
      { key: `head-${one.n}`, class: 'mail-head' },
      h('button', { type: 'button', class: 'link mail-back', 'data-do': 'close-mail' }, sign('back'), ' All mails'),
      h('h3', { id: 'mail-title', tabindex: '-1' }, one.subject || '(no subject)'),
      h(
        'div',
        { class: 'mail-from' },
        face({ name: nameOf(from, info), ...signed(nameOf(from, info), info) }),
        h(
          'div',
          {},
          h('p', {}, h('strong', {}, nameOf(from, info)), h('span', { class: 'quiet' }, ` ${from.address}`)),
          h(
            'p',
            { class: 'quiet' },
            `to ${one.to.join(', ')}`,
            one.cc?.length > 0 && `, cc ${one.cc.join(', ')}`,
            ' · ',
            h('time', { datetime: one.date }, when(new Date(one.date), now)),
          ),
        ),
      ),
      h(
        'div',
        { class: 'actions' },
        tool('reply', 'Reply'),
        tool('forward', 'Forward'),
        tool('forward-attached', 'Forward as attachment'),
      ),
    ),
    h('div', { key: `text-${one.n}`, class: 'mail-text' }, bodyNodes(one, names)),
    one.attachments.length > 0 &&
      h('ul', { key: `files-${one.n}`, class: 'files', 'aria-label': 'Attachments' }, one.attachments.map(attachment)),
  ].filter(Boolean);
}

function signed(name, info) {
  const { emoji } = info.agents.find((agent) => agent.name === name) ?? {};
  return emoji === undefined ? {} : { sign: emoji, agent: true };
}

const attachment = ({ name, size }, n) =>
  h(
    'li',
    { key: n },
    h(
      'button',
      { type: 'button', class: 'file', 'data-do': 'save-part', 'data-part': n, 'aria-label': `Save ${name}` },
      h('span', {}, name),
      h('span', { class: 'quiet' }, sizeText(size)),
    ),
  );

const LONGEST_HTML = 300_000;

/** Prefers HTML, as mail programs do, with simple formatting only. */
function bodyNodes({ text, html }, names) {
  if (html === undefined || (html.length > LONGEST_HTML && text?.trim())) return textNodes(text ?? '', names);
  return htmlNodes(new DOMParser().parseFromString(withoutStyles(html), 'text/html').body);
}

/** Paragraphs, with quoted lines indented. */
function textNodes(text, names) {
  const runs = [];
  for (const line of text.replace(/\r\n?/g, '\n').trim().split('\n')) {
    const kind = /^>/.test(line) ? 'blockquote' : line.trim() === '' ? 'gap' : 'p';
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs
    .filter(({ kind }) => kind !== 'gap')
    .map(({ kind, lines }) => {
      const bare = kind === 'blockquote' ? lines.map((line) => line.replace(/^>+ ?/, '')) : lines;
      return h(kind, {}, inline(bare.join('\n'), plainRules, names));
    });
}
