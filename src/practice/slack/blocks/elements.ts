// The interactive elements of Block Kit and their limits (docs.slack.dev/reference/block-kit/block-elements).
import { any, type Fields, list, number, type ObjectRule, object, plain, string, text, typed, word } from './rules.ts';

const option = object({ 'text!': text(75), value: string(150), description: text(75), url: string(3_000) });
const options = (max: number) => list(option, max);
const group = object({ 'label!': plain(75), 'options!': options(100) });
const actionId = string(255);

export const confirm = object({
  'title!': plain(100),
  'text!': text(300),
  'confirm!': plain(30),
  'deny!': plain(30),
  style: word('primary', 'danger'),
});

const interactive: Fields = { action_id: actionId, confirm, focus_on_load: any };
const select = (fields: Fields): ObjectRule => object({ ...interactive, placeholder: plain(150), ...fields });
const many: Fields = { max_selected_items: number(1, 100) };
const feedback = object({ 'text!': plain(75), 'value!': string(2_000), accessibility_label: string(75) });

const button = object({
  ...interactive,
  'text!': plain(75),
  value: string(2_000, 0),
  url: string(3_000),
  style: word('primary', 'danger'),
  accessibility_label: string(75),
});

const menus: Record<string, ObjectRule> = {
  static_select: select({ options: options(100), option_groups: list(group, 100), initial_option: option }),
  external_select: select({ min_query_length: number(0, 1_000), initial_option: option }),
  users_select: select({ initial_user: string(255) }),
  conversations_select: select({ initial_conversation: string(255) }),
  channels_select: select({ initial_channel: string(255) }),
  multi_static_select: select({
    ...many,
    options: options(100),
    option_groups: list(group, 100),
    initial_options: options(100),
  }),
  multi_external_select: select({ ...many, initial_options: options(100) }),
  multi_users_select: select({ ...many, initial_users: list(string(255), 100, 0) }),
  multi_conversations_select: select({ ...many, initial_conversations: list(string(255), 100, 0) }),
  multi_channels_select: select({ ...many, initial_channels: list(string(255), 100, 0) }),
};

const choices: Record<string, ObjectRule> = {
  checkboxes: object({ ...interactive, 'options!': options(10), initial_options: options(10) }),
  radio_buttons: object({ ...interactive, 'options!': options(10), initial_option: option }),
  overflow: object({ ...interactive, 'options!': options(10) }),
};

const pickers: Record<string, ObjectRule> = {
  datepicker: select({ initial_date: string(10) }),
  timepicker: select({ initial_time: string(5), timezone: any }),
  datetimepicker: object({ ...interactive, initial_date_time: number(1_000_000_000, 9_999_999_999) }),
};

const inputs: Record<string, ObjectRule> = {
  plain_text_input: select({
    initial_value: string(3_000, 0),
    min_length: number(0, 3_000),
    max_length: number(1, 3_000),
  }),
  email_text_input: select({ initial_value: string(3_000, 0) }),
  url_text_input: select({ initial_value: string(3_000, 0) }),
  number_input: select({ 'is_decimal_allowed!': any, initial_value: any, min_value: any, max_value: any }),
  file_input: object({ ...interactive, max_files: number(1, 10) }),
  rich_text_input: select({ initial_value: any }),
};

const image = object({ image_url: string(3_000), slack_file: any, 'alt_text!': string(2_000) });

export const inActions: Record<string, ObjectRule> = {
  button,
  ...menus,
  ...choices,
  ...pickers,
  rich_text_input: select({ initial_value: any }),
  workflow_button: object({ ...interactive, 'text!': plain(75), 'workflow!': any }),
};

export const inSection: Record<string, ObjectRule> = { ...inActions, image };

export const inInput: Record<string, ObjectRule> = {
  ...menus,
  checkboxes: choices.checkboxes as ObjectRule,
  radio_buttons: choices.radio_buttons as ObjectRule,
  ...pickers,
  ...inputs,
};

export const inContext: Record<string, ObjectRule> = {
  image,
  plain_text: object({ 'text!': string(3_000) }),
  mrkdwn: object({ 'text!': string(3_000) }),
};

export const inContextActions: Record<string, ObjectRule> = {
  feedback_buttons: object({ action_id: actionId, 'positive_button!': feedback, 'negative_button!': feedback }),
  icon_button: object({
    action_id: actionId,
    'icon!': word('trash'),
    'text!': plain(75),
    value: string(2_000),
    accessibility_label: string(75),
    confirm,
    visible_to_user_ids: any,
  }),
};

export const element = (of: Record<string, ObjectRule>) => typed(() => of);
