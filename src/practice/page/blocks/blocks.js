// Block Kit -> nodes. The name of an unsupported block is shown.

import { table } from '../nodes/table.js';
import { h } from '../nodes/tree.js';
import { markdown } from '../text/markdown.js';
import { mrkdwn, mrkdwnInline } from '../text/mrkdwn.js';
import { richText } from '../text/rich-text.js';
import { element, picture } from './elements.js';

const list = (value) => (Array.isArray(value) ? value : []);
const STATES = { pending: 'to do', in_progress: 'in progress', complete: 'done', error: 'failed' };

/** @param {any[]} blocks @param {import('../nodes/people.js').Names} names @param {any} info what GET /practice/state told */
export function blockNodes(blocks, names, info) {
  return list(blocks).map((one) => blockNode(one, names, info));
}

function blockNode(one, names, info) {
  const elements = (parts) => list(parts).map((part) => element(part, info));
  switch (one.type) {
    case 'markdown':
      return h('div', { class: 'prose' }, markdown(String(one.text), names));
    case 'section':
      return section(one, names, info);
    case 'header':
      return h('h4', { class: 'block-header' }, one.text?.text ?? '');
    case 'divider':
      return h('hr');
    case 'context':
      return h(
        'div',
        { class: 'context' },
        list(one.elements).map((part) => h('span', {}, contextPart(part, names))),
      );
    case 'actions':
    case 'context_actions':
      return h('div', { class: 'actions' }, elements(one.elements));
    case 'image':
      return h('p', {}, picture(one.image_url, one.alt_text));
    case 'rich_text':
      return h('div', { class: 'prose' }, richText(one, names));
    case 'table':
      return table(list(one.rows).map((row) => list(row).map((cell) => cellNodes(cell, names))));
    case 'alert':
      return h(
        'div',
        { class: `alert ${/^[a-z]+$/.test(one.level) ? one.level : ''}`, role: 'note' },
        text(one.text, names),
      );
    case 'plan':
      return h(
        'div',
        { class: 'plan' },
        h('h4', {}, plainOf(one.title)),
        h(
          'ul',
          {},
          list(one.tasks).map((task) => h('li', {}, taskNodes(task, names))),
        ),
      );
    case 'task_card':
      return h('div', { class: 'task' }, taskNodes(one, names));
    case 'card':
      return card(one, names, elements(one.actions));
    case 'container':
      return h('div', { class: 'card' }, text(one.title, names), blockNodes(one.child_blocks, names, info));
    default:
      return h(
        'p',
        { class: 'quiet' },
        `This part of the message (${one.type}) is not shown in the practice workspace.`,
      );
  }
}

function section({ text: body, fields, accessory }, names, info) {
  const shown = [
    h('div', { class: 'prose' }, text(body, names)),
    list(fields).length > 0 &&
      h(
        'div',
        { class: 'fields' },
        list(fields).map((field) => h('div', { class: 'prose' }, text(field, names))),
      ),
  ].filter(Boolean);
  if (accessory === undefined) return h('div', { class: 'section' }, shown);
  return h(
    'div',
    { class: 'section with-accessory' },
    h('div', {}, shown),
    h('div', { class: 'actions' }, element(accessory, info)),
  );
}

/** A text object as it says it is: plain or mrkdwn. */
function text(object, names) {
  if (object === undefined || object === null) return [];
  if (object.type === 'rich_text') return richText(object, names);
  return object.type === 'mrkdwn' ? mrkdwn(String(object.text), names) : h('p', {}, plainOf(object));
}

const plainOf = (value) =>
  typeof value === 'object' && value !== null ? String(value.text ?? '') : String(value ?? '');

function contextPart(part, names) {
  if (part.type === 'image') return picture(part.image_url, part.alt_text);
  return part.type === 'mrkdwn' ? mrkdwnInline(String(part.text), names) : String(part.text ?? '');
}

const cellNodes = (cell, names) => (cell?.type === 'rich_text' ? richText(cell, names) : [plainOf(cell)]);

function taskNodes({ title, status, details, output }, names) {
  const more = [details, output].filter(Boolean);
  return [
    h('span', { class: `state ${Object.hasOwn(STATES, status) ? status : 'pending'}` }, STATES[status] ?? 'to do'),
    ' ',
    h('strong', {}, plainOf(title)),
    more.map((one) =>
      h('div', { class: 'prose quiet' }, typeof one === 'string' ? markdown(one, names) : text(one, names)),
    ),
  ];
}

function card({ title, subtitle, body }, names, actions) {
  return h(
    'div',
    { class: 'card' },
    h('div', { class: 'card-title' }, text(title, names)),
    h('div', { class: 'quiet' }, text(subtitle, names)),
    text(body, names),
    actions.length > 0 && h('div', { class: 'actions' }, actions),
  );
}
