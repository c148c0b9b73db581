// Builds the value of a Block Kit element that a person fills in, in Slack's format.
import { InvalidInput } from '../../../errors.ts';
import { isObject } from '../blocks/rules.ts';
import type { Json } from '../given.ts';

export interface BlockElement {
  blockId: string;
  element: Json;
}

/** Returns all interactive elements of the blocks. */
export function elementsOf(blocks: readonly unknown[]): BlockElement[] {
  return blocks.filter(isObject).flatMap((block): BlockElement[] => {
    const blockId = String(block.block_id ?? '');
    const own = [block.accessory, block.element, ...listOf(block.elements), ...listOf(block.actions)];
    const usable = own.filter((part): part is Json => isObject(part) && part.action_id !== undefined);
    return [...usable.map((element) => ({ blockId, element })), ...elementsOf(listOf(block.child_blocks))];
  });
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Returns the element with this action id. If there are several, returns the one with this value. */
export function findElement(blocks: readonly unknown[], actionId: string, value: unknown): BlockElement {
  const all = elementsOf(blocks);
  const found = all.filter(({ element }) => element.action_id === actionId);
  const [first] = found.filter(({ element }) => element.value === value).concat(found);
  if (first !== undefined) return first;
  const there = all.map(({ element }) => String(element.action_id)).join(', ') || 'none';
  throw new InvalidInput(`There is no element with the action id "${actionId}"; there are: ${there}.`);
}

/** Returns the value of an element in Slack's format. If `value` is undefined, uses the element's initial value. */
export function choiceOf(element: Json, value: unknown): Json {
  const type = String(element.type);
  switch (type) {
    case 'button':
    case 'icon_button':
      return { type, text: element.text, value: element.value };
    case 'workflow_button':
      return { type, text: element.text };
    case 'feedback_buttons':
      return feedback(element, value);
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return {
        type,
        selected_option: value === undefined ? (element.initial_option ?? null) : optionOf(element, value),
      };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes': {
      if (value === undefined) return { type, selected_options: element.initial_options ?? [] };
      return { type, selected_options: [value].flat().map((one) => optionOf(element, one)) };
    }
    default:
      return plainChoice(type, element, value);
  }
}

/** Element types with a simple value: the names of the fields for the value and for the initial value. */
const PLAIN: Record<string, readonly [field: string, initial: string]> = {
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
};

function plainChoice(type: string, element: Json, value: unknown): Json {
  const [field, initial] = PLAIN[type] ?? ['value', 'initial_value'];
  if (value === undefined) return { type, [field]: element[initial] ?? (type.startsWith('multi_') ? [] : null) };
  return { type, [field]: type.startsWith('multi_') ? [value].flat() : value };
}

export function isEmpty(choice: Json): boolean {
  return Object.entries(choice)
    .filter(([field]) => field !== 'type')
    .every(
      ([, value]) =>
        value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0),
    );
}

function optionOf(element: Json, value: unknown): Json {
  const groups = listOf(element.option_groups).filter(isObject);
  const options = [...listOf(element.options), ...groups.flatMap((group) => listOf(group.options))].filter(isObject);
  const labelOf = (option: Json) => (isObject(option.text) ? option.text.text : undefined);
  const found = options.find((option) => option.value === value) ?? options.find((option) => labelOf(option) === value);
  if (found !== undefined) return found;
  if (element.type === 'external_select') return { text: { type: 'plain_text', text: String(value) }, value };
  const values = options.map((option) => String(option.value)).join(', ');
  throw new InvalidInput(`"${value}" is no option of "${element.action_id}"; the options are: ${values}.`);
}

function feedback(element: Json, value: unknown): Json {
  const buttons = [element.positive_button, element.negative_button].filter(isObject);
  const named: Record<string, unknown> = { positive: buttons[0], negative: buttons[1] };
  const found = buttons.find((button) => button.value === value) ?? named[String(value)];
  if (!isObject(found))
    throw new InvalidInput(`Give the value of one of the feedback buttons: positive or negative will do.`);
  return { type: 'feedback_buttons', text: found.text, value: found.value };
}
