// Renders forms: windows of Slack in which a person fills in fields. A click opens one within three seconds.
import { clip } from './blocks.ts';
import type { Block } from './render.ts';

/** The callback ids of the forms, which a submission contains. */
export const formIds = { giveTask: 'task.give', commentOnTask: 'task.comment' } as const;

export type FormId = (typeof formIds)[keyof typeof formIds];

/** A view of Slack. */
export type FormView = { type: 'modal' } & Record<string, unknown>;

export interface ToFill {
  form: FormId;
  /** Names the subject of the form. Slack sends it back with the submission; at most 3000 characters. */
  about: string;
  title: string;
  /** A sentence above the field. */
  lead: string;
  submit: string;
  cancel: string;
  field: Field;
}

export interface Field {
  label: string;
  hint?: string;
  /** The choices, at most 100. Absent: the field takes words. */
  options?: readonly { label: string; value: string }[];
}

/** The id of the field in a submission. */
export const FIELD = 'field';

/** The most choices of a field. A limit of Slack. */
export const MOST_OPTIONS = 100;

/** The most characters that the field takes. A limit of Slack. */
const MOST_CHARS = 3_000;

export function formView({ form, about, title, lead, submit, cancel, field }: ToFill): FormView {
  const plain = (text: string, most: number) => ({ type: 'plain_text', text: clip(text, most) });
  const options = field.options?.map(({ label, value }) => ({ text: plain(label, 75), value }));
  const element = options
    ? { type: 'static_select', action_id: FIELD, options }
    : { type: 'plain_text_input', action_id: FIELD, multiline: true, max_length: MOST_CHARS };
  const input: Block = {
    ...{ type: 'input', block_id: FIELD, element, label: plain(field.label, 2000) },
    ...(field.hint ? { hint: plain(field.hint, 2000) } : {}),
  };
  return {
    ...{ type: 'modal', callback_id: form, private_metadata: about },
    ...{ title: plain(title, 24), submit: plain(submit, 24), close: plain(cancel, 24) },
    blocks: [{ type: 'section', text: plain(lead, 3000) }, input],
  };
}
