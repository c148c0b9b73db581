// Block Kit's interactive elements -> nodes. The page handles all of them in one listener, by their data attributes.

import { h } from '../nodes/tree.js';
import { safeHref } from '../text/link.js';

const list = (value) => (Array.isArray(value) ? value : []);

/** @param {any} one @param {any} info what GET /practice/state told */
export function element(one, info) {
  switch (one.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return button(one);
    case 'feedback_buttons':
      return [one.positive_button, one.negative_button]
        .filter(Boolean)
        .map((part) => button({ ...part, action_id: one.action_id }));
    case 'static_select':
    case 'external_select':
    case 'overflow':
    case 'radio_buttons':
      return select(one, optionsOf(one));
    case 'users_select':
      return select(one, people(info));
    case 'channels_select':
    case 'conversations_select':
      return select(one, channels(info));
    case 'datepicker':
      return input(one, 'date', one.initial_date);
    case 'timepicker':
      return input(one, 'time', one.initial_time);
    case 'image':
      return picture(one.image_url, one.alt_text);
    default:
      return h('span', { class: 'quiet' }, `This control (${one.type}) is not shown in the practice workspace.`);
  }
}

/** The page loads nothing from outside, so a picture is shown as a link. */
export function picture(address, alt) {
  const href = safeHref(address);
  const text = `Picture: ${alt || 'no description'}`;
  return href === undefined ? text : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

function button({ text, action_id, value, style, url, confirm, accessibility_label }) {
  const href = safeHref(url);
  const label = text?.text ?? 'Button';
  return h(
    'button',
    {
      type: 'button',
      class: style === 'primary' || style === 'danger' ? `button ${style}` : 'button',
      'aria-label': accessibility_label,
      'data-do': 'click',
      'data-action': action_id,
      'data-value': value,
      'data-url': href,
      'data-confirm': confirm === undefined ? undefined : `${confirm.title?.text ?? ''}\n\n${confirm.text?.text ?? ''}`,
    },
    label,
  );
}

function select({ action_id, placeholder, type, initial_option, initial_user }, options) {
  const empty = placeholder?.text ?? (type === 'overflow' ? 'More…' : 'Choose…');
  const chosen = initial_option?.value ?? initial_user;
  return h(
    'select',
    { 'data-do': 'choose', 'data-action': action_id, 'aria-label': empty },
    h('option', { value: '' }, empty),
    options.map(({ value, label }) => h('option', { value, selected: value === chosen }, label)),
  );
}

function input({ action_id, placeholder }, type, initial) {
  return h('input', {
    type,
    value: initial,
    'data-do': 'choose',
    'data-action': action_id,
    'aria-label': placeholder?.text ?? type,
  });
}

/** The options of a select, with groups flattened. */
export function optionsOf({ options, option_groups }) {
  const all = [...list(options), ...list(option_groups).flatMap((group) => list(group.options))];
  return all.map((option) => ({ value: option.value, label: option.text?.text ?? option.value }));
}

export const people = (info) => info.users.map(({ id, name }) => ({ value: id, label: name }));
export const channels = (info) => info.channels.map(({ id, name }) => ({ value: id, label: `#${name}` }));
