// Bodies: the words of people and models, stored beside the log so that they can be erased. Commits and views contain references.
//
// Names of pods (with their purpose), people, agents and skills are not bodies, and neither are the instructions of agents and
// skills: history needs the names, a new commit changes them, and the instructions are the organisation's own rules.
import type { Label } from './labels/label.ts';

/**
 * The id of a body, returned by `ctx.text(…)`. The type prevents plain text from being stored in place of a reference.
 */
export type BodyRef = `b_${string}`;

export function isBodyRef(value: unknown): value is BodyRef {
  return typeof value === 'string' && value.startsWith('b_');
}

/**
 * A slot in a result for the words of a body. The commit stores the reference, and the words are filled in for each
 * reader.
 */
export interface Said {
  said: BodyRef | '';
  /** Absent: the label that is stored with the body applies. */
  label?: Label;
}

/** A text in a result that is not stored with the commit. */
export interface Quoted {
  quoted: string;
  label?: Label;
  /** The name of the thing that the text belongs to, such as a file. */
  of?: string;
}

/** The path of a text within a result, and its label. */
export interface LabelledSlot {
  at: readonly (string | number)[];
  label: Label;
  of?: string;
}

export interface Text {
  text: string;
  label?: Label;
}

/** The type of a result once each slot is filled with its words. */
export type Worded<T> = T extends Said | Quoted
  ? string
  : T extends readonly (infer Each)[]
    ? Worded<Each>[]
    : T extends object
      ? { [K in keyof T]: Worded<T[K]> }
      : T;

export const ERASED = '(erased)';

export function said(ref: BodyRef | '', label?: Label): Said {
  return { said: ref, ...(label ? { label } : {}) };
}

export function quoted(text: string, label: Label | undefined, of?: string): Quoted {
  return { quoted: text, ...(label ? { label } : {}), ...(of === undefined ? {} : { of }) };
}
