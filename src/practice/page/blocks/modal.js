// A modal of the app -> a form, and a filled form -> the values that the driver takes.

import { h } from '../nodes/tree.js';
import { blockNodes } from './blocks.js';
import { channels, optionsOf, people } from './elements.js';

/** @param {any} view Slack's view object @param {import('../nodes/people.js').Names} names @param {any} info */
export function modalNodes(view, names, info) {
  const fields = view.blocks.map((block) =>
    block.type === 'input' ? field(block, info) : h('div', { class: 'block' }, blockNodes([block], names, info)),
  );
  return [
    h('h2', { key: 'title', id: 'modal-title' }, view.title?.text ?? 'Skein'),
    h('div', { key: 'fields', class: 'modal-fields' }, fields),
    h(
      'div',
      { key: 'buttons', class: 'actions' },
      h('button', { type: 'button', class: 'button', 'data-do': 'close-modal' }, view.close?.text ?? 'Cancel'),
      view.submit && h('button', { type: 'submit', class: 'button primary' }, view.submit.text),
    ),
  ];
}

function field({ block_id, label, hint, optional, element }, info) {
  const id = `field-${block_id}`;
  const attrs = {
    id,
    'data-block': block_id,
    'data-field': element.action_id,
    'aria-describedby': hint && `${id}-hint`,
  };
  return h(
    'div',
    { key: `${block_id} ${element.type}`, class: 'field' },
    h('label', { for: id }, label?.text ?? '', optional ? h('span', { class: 'quiet' }, ' (optional)') : undefined),
    control(element, attrs, info),
    hint && h('p', { id: `${id}-hint`, class: 'quiet' }, hint.text),
  );
}

const INPUTS = {
  email_text_input: ['email', 'initial_value'],
  url_text_input: ['url', 'initial_value'],
  number_input: ['number', 'initial_value'],
  datepicker: ['date', 'initial_date'],
  timepicker: ['time', 'initial_time'],
};

function control(element, attrs, info) {
  const { type, placeholder, multiline, initial_value } = element;
  const hintText = placeholder?.text;
  if (type === 'plain_text_input' && multiline)
    return h('textarea', { ...attrs, rows: 5, placeholder: hintText }, initial_value ?? '');
  if (Object.hasOwn(INPUTS, type)) {
    const [kind, initial] = INPUTS[type];
    return h('input', { ...attrs, type: kind, placeholder: hintText, value: element[initial] });
  }
  if (/select|checkboxes|radio_buttons/.test(type)) return chooser(element, attrs, info);
  return h('input', { ...attrs, type: 'text', placeholder: hintText, value: initial_value });
}

function chooser(element, attrs, info) {
  const { type } = element;
  const several = type.startsWith('multi_') || type === 'checkboxes';
  const options = /users/.test(type)
    ? people(info)
    : /channels|conversations/.test(type)
      ? channels(info)
      : optionsOf(element);
  const chosen = new Set(chosenAtFirst(element));
  const shown = options.map(({ value, label }) => h('option', { value, selected: chosen.has(value) }, label));
  const none = several ? undefined : h('option', { value: '' }, element.placeholder?.text ?? 'Choose…');
  return h(
    'select',
    { ...attrs, multiple: several, size: several ? Math.min(6, Math.max(2, options.length)) : undefined },
    none,
    shown,
  );
}

function chosenAtFirst(element) {
  const { initial_option: one, initial_options: many = [], ...rest } = element;
  const named = Object.entries(rest).filter(([name]) => /^initial_(user|conversation|channel)s?$/.test(name));
  return [one, ...many].flatMap((option) => option?.value ?? []).concat(...named.map(([, value]) => value));
}

/** By block, then action, without empty values. @param {Iterable<{ dataset: Record<string, string>, multiple?: boolean, value: string, selectedOptions?: Iterable<{ value: string }> }>} controls */
export function valuesOf(controls) {
  const values = {};
  for (const { dataset, multiple, value, selectedOptions } of controls) {
    const given = multiple && selectedOptions ? [...selectedOptions].map((option) => option.value) : value;
    if (given.length > 0) values[dataset.block] = { [dataset.field]: given };
  }
  return values;
}
