// Bodies: the words of people and models, kept beside the log so that they can be erased; commits and views hold references.
//
// Names are no bodies: of pods (with their purpose), people, agents and skills. They are what others are told apart by, who
// is named changes them by a commit of their own, and what the organisation writes into agents and skills is its rules.
import type { Label } from './labels/label.ts';

/** The id of a body, from `ctx.text(…)`. Words themselves do not pass for one. */
export type BodyRef = `b_${string}`;

export function isBodyRef(value: unknown): value is BodyRef {
  return typeof value === 'string' && value.startsWith('b_');
}

/** A slot in a result for the words of a body. The commit stores the reference; the words are filled in for each reader. */
export interface Said {
  said: BodyRef | '';
  /** Where it is from; without it the body itself says so. */
  label?: Label;
}

/** A text in a result that no commit keeps, with where it is from. */
export interface Quoted {
  quoted: string;
  label?: Label;
  /** The name of the thing whose text it is. */
  of?: string;
}

/** The path of a text within a result, and its label. */
export interface LabelledSlot {
  at: readonly (string | number)[];
  label: Label;
  of?: string;
}

/** A text of a body. */
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

/** Shown instead of erased words. */
export const ERASED = '(erased)';

export function said(ref: BodyRef | '', label?: Label): Said {
  return { said: ref, ...(label ? { label } : {}) };
}

export function quoted(text: string, label: Label | undefined, of?: string): Quoted {
  return { quoted: text, ...(label ? { label } : {}), ...(of === undefined ? {} : { of }) };
}
