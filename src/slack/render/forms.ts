// Renders forms: windows of Slack in which a person fills in fields. A click, a command or a shortcut opens one within
// three seconds. Pure.
import { clip } from './blocks.ts';
import { escapeMrkdwn } from './neutral.ts';
import type { Block } from './render.ts';

/** The callback ids of the forms, which a submission contains. */
export const formIds = { action: 'action' } as const;

export type FormId = (typeof formIds)[keyof typeof formIds];

/** A view of Slack. */
export type FormView = { type: 'modal' } & Record<string, unknown>;

export interface ToFill {
  form: FormId;
  /** Names the subject of the form. Slack sends it back with the submission; at most 3000 characters. */
  about: string;
  title: string;
  /** A sentence above the fields. */
  lead: string;
  submit: string;
  cancel: string;
  fields: readonly FormField[];
  /** Why the form was not accepted, if that belongs to none of its fields. */
  refused?: string;
}

export interface Option {
  label: string;
  value: string;
}

/** `name` is the id of the block and of its element. */
export type FormField = {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
  /** Why this field was not accepted. It stands above the field. */
  refused?: string;
} & (
  | { kind: 'words'; lines?: boolean; value?: string; most?: number }
  | { kind: 'choice'; options: readonly Option[]; value?: string }
  /** `value`: those that are chosen, one on each line. */
  | { kind: 'choices'; options: readonly Option[]; value?: string }
  | { kind: 'day'; value?: string }
  | { kind: 'switch'; says: string; value?: boolean }
);

/** The most choices of a field. A limit of Slack. */
export const MOST_OPTIONS = 100;

/** The most characters that a field takes. A limit of Slack. */
export const MOST_FIELD_CHARS = 3_000;

/** The value of a switch that is on. */
export const ON = 'on';

export function formView({ form, about, title, lead, submit, cancel, fields, refused }: ToFill): FormView {
  return {
    ...{ type: 'modal', callback_id: form, private_metadata: about },
    ...{ title: plain(title, 24), submit: plain(submit, 24), close: plain(cancel, 24) },
    blocks: [
      ...(refused ? [refusal(refused)] : []),
      { type: 'section', text: plain(lead, 3000) },
      ...fields.flatMap(blocksOf),
    ],
  };
}

function blocksOf(field: FormField): Block[] {
  const input: Block = {
    ...{ type: 'input', block_id: field.name, element: elementOf(field), label: plain(field.label, 2000) },
    ...(field.hint ? { hint: plain(field.hint, 2000) } : {}),
    // Slack asks for one ticked box of a set that is not optional.
    ...(field.optional || field.kind === 'switch' ? { optional: true } : {}),
  };
  return field.refused ? [refusal(field.refused), input] : [input];
}

function elementOf(field: FormField): Block {
  const base = { action_id: field.name };
  switch (field.kind) {
    case 'words': {
      const most = Math.min(field.most ?? MOST_FIELD_CHARS, MOST_FIELD_CHARS);
      return {
        ...{ type: 'plain_text_input', ...base, multiline: field.lines === true, max_length: most },
        ...(field.value ? { initial_value: field.value.slice(0, most) } : {}),
      };
    }
    case 'choice': {
      const options = field.options.slice(0, MOST_OPTIONS).map(optionOf);
      const chosen = options.find(({ value }) => value === field.value);
      return { type: 'static_select', ...base, options, ...(chosen ? { initial_option: chosen } : {}) };
    }
    case 'choices': {
      const options = field.options.slice(0, MOST_OPTIONS).map(optionOf);
      const values = new Set(field.value?.split('\n'));
      const chosen = options.filter(({ value }) => values.has(value));
      return { type: 'multi_static_select', ...base, options, ...(chosen.length ? { initial_options: chosen } : {}) };
    }
    case 'day':
      return { type: 'datepicker', ...base, ...(field.value ? { initial_date: field.value } : {}) };
    case 'switch': {
      const options = [optionOf({ label: field.says, value: ON })];
      return { type: 'checkboxes', ...base, options, ...(field.value ? { initial_options: options } : {}) };
    }
    default:
      return field satisfies never;
  }
}

function optionOf({ label, value }: Option) {
  return { text: plain(label, 75), value };
}

function refusal(sentence: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(`:warning: ${escapeMrkdwn(sentence)}`, 3000) }] };
}

function plain(text: string, most: number) {
  return { type: 'plain_text', text: clip(text, most) };
}
