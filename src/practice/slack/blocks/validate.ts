// Block Kit's limits for messages and views (docs.slack.dev/reference/block-kit/blocks).
import type { Json } from '../given.ts';
import { newId } from '../ids.ts';
import { element, inActions, inContext, inContextActions, inInput, inSection } from './elements.ts';
import {
  any,
  check,
  type Fields,
  isObject,
  list,
  number,
  type ObjectRule,
  object,
  plain,
  string,
  text,
  typed,
  word,
} from './rules.ts';

const block = (fields: Fields): ObjectRule => object({ block_id: string(255), ...fields });
const card = {
  title: text(150),
  subtitle: text(150),
  body: text(200),
  hero_image: any,
  icon: any,
  actions: list(element(inActions), 5),
};
const task = {
  'task_id!': string(255),
  'title!': string(256),
  status: word('pending', 'in_progress', 'complete', 'error'),
  details: any,
  output: any,
  sources: any,
};

const blocks: Record<string, ObjectRule> = {
  actions: block({ 'elements!': list(element(inActions), 25) }),
  alert: block({ 'text!': text(200), level: word('default', 'info', 'warning', 'error', 'success') }),
  card: block(card),
  carousel: block({
    'elements!': list(
      typed(() => ({ card: object(card) })),
      10,
    ),
  }),
  container: block({
    title: any,
    subtitle: any,
    'child_blocks!': list(
      typed(() => blocks),
      10,
    ),
  }),
  context: block({ 'elements!': list(element(inContext), 10) }),
  context_actions: block({ 'elements!': list(element(inContextActions), 5) }),
  data_table: block({ 'rows!': any, page_size: number(1, 100) }),
  divider: block({}),
  file: block({ 'external_id!': any, 'source!': any }),
  header: block({ 'text!': plain(150) }),
  image: block({ image_url: string(3_000), slack_file: any, 'alt_text!': string(2_000), title: plain(2_000) }),
  input: block({
    'label!': plain(2_000),
    'element!': element(inInput),
    hint: plain(2_000),
    optional: any,
    dispatch_action: any,
  }),
  markdown: block({ 'text!': string(12_000) }),
  plan: block({ 'title!': any, tasks: list(object(task), 50, 0) }),
  rich_text: block({ 'elements!': any }),
  section: block({ text: text(3_000), fields: list(text(2_000), 10), accessory: element(inSection), expand: any }),
  table: block({ 'rows!': list(list(any, 20), 100), column_settings: list(any, 20) }),
  task_card: block(task),
  video: block({ 'alt_text!': any, 'title!': plain(200), 'thumbnail_url!': any, 'video_url!': any }),
};

const onlyInMessages = [
  'markdown',
  'table',
  'data_table',
  'plan',
  'task_card',
  'context_actions',
  'card',
  'carousel',
  'file',
];
const inViews = () => Object.fromEntries(Object.entries(blocks).filter(([type]) => !onlyInMessages.includes(type)));
const inMessages = () => blocks;

const MOST_MARKDOWN = 12_000;
/** The limit for all blocks together, in characters. Slack refuses a longer message (bolt-js#2509). */
const MOST_IN_ALL = 13_000;

export type BlocksFault = { kind: 'fine' } | { kind: 'invalid'; messages: string[] } | { kind: 'too-long' };

export function checkMessageBlocks(value: unknown): BlocksFault {
  const messages = [...check(list(typed(inMessages), 50, 0), value, '/blocks'), ...alsoTrue(value)];
  if (messages.length > 0) return { kind: 'invalid', messages };
  const markdown = (value as Json[]).reduce(
    (sum, one) => sum + (one.type === 'markdown' ? String(one.text).length : 0),
    0,
  );
  return markdown > MOST_MARKDOWN || JSON.stringify(value).length > MOST_IN_ALL
    ? { kind: 'too-long' }
    : { kind: 'fine' };
}

const viewBlocks = list(typed(inViews), 100, 0);
const viewFields: Fields = {
  'blocks!': viewBlocks,
  private_metadata: string(3_000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
};
const view = typed(() => ({
  modal: object({ ...viewFields, 'title!': plain(24), submit: plain(24), close: plain(24) }),
  home: object(viewFields),
}));

export function checkView(value: unknown): string[] {
  const faults = check(view, value, '/view');
  if (faults.length > 0 || !isObject(value)) return faults;
  const inputs = (value.blocks as Json[]).some((one) => one.type === 'input');
  const submit = inputs && value.type === 'modal' && value.submit === undefined;
  const missing = submit ? ['[ERROR] missing required field: submit [json-pointer:/view]'] : [];
  return [...missing, ...alsoTrue(value.blocks, '/view/blocks')];
}

/** Returns the faults that the table of fields cannot express. */
function alsoTrue(value: unknown, at = '/blocks'): string[] {
  if (!Array.isArray(value)) return [];
  const faults: string[] = [];
  const seen = new Set<unknown>();
  value.filter(isObject).forEach((one, index) => {
    if (one.type === 'section' && one.text === undefined && one.fields === undefined) {
      faults.push(`[ERROR] must define either text or fields [json-pointer:${at}/${index}]`);
    }
    if (one.type === 'image' && one.image_url === undefined && one.slack_file === undefined) {
      faults.push(`[ERROR] must define either image_url or slack_file [json-pointer:${at}/${index}]`);
    }
    if (one.block_id !== undefined && seen.has(one.block_id)) {
      faults.push(`[ERROR] block_id "${one.block_id}" already exists [json-pointer:${at}/${index}/block_id]`);
    }
    seen.add(one.block_id);
    faults.push(...duplicateActions(one, `${at}/${index}`));
  });
  if (value.filter((one) => isObject(one) && one.type === 'table').length > 1) {
    faults.push(`[ERROR] only one table is allowed [json-pointer:${at}]`);
  }
  return faults;
}

function duplicateActions(one: Json, at: string): string[] {
  if (!Array.isArray(one.elements)) return [];
  const ids = one.elements.filter(isObject).flatMap((part) => (part.action_id === undefined ? [] : [part.action_id]));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? [] : [`[ERROR] action_id "${twice}" already exists [json-pointer:${at}/elements]`];
}

/** Adds missing ids to blocks and interactive elements, as Slack does. */
export function withIds(given: readonly Json[]): Json[] {
  return given.map((one) => {
    const named: Json = { ...one, block_id: one.block_id ?? newId('', 5) };
    if (Array.isArray(one.elements) && one.type !== 'context' && one.type !== 'rich_text')
      named.elements = one.elements.map(withActionId);
    if (isObject(one.accessory) && one.accessory.type !== 'image') named.accessory = withActionId(one.accessory);
    if (isObject(one.element)) named.element = withActionId(one.element);
    return named;
  });
}

function withActionId(part: unknown): unknown {
  return isObject(part) ? { ...part, action_id: part.action_id ?? newId('', 5) } : part;
}
