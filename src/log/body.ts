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

/** A place in a result where the words of a body are to stand: the commit keeps the reference, whoever asks sees the words. */
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

/** Where in a result a text from somewhere stands. */
export interface Placed {
  at: readonly (string | number)[];
  label: Label;
  of?: string;
}

/** A text of a body. */
export interface Text {
  text: string;
  label?: Label;
}

/** A value as it is seen: each place with its words. */
export type Worded<T> = T extends Said | Quoted
  ? string
  : T extends readonly (infer Each)[]
    ? Worded<Each>[]
    : T extends object
      ? { [K in keyof T]: Worded<T[K]> }
      : T;

/** Stands in place of erased words. */
export const ERASED = '(erased)';

export function said(ref: BodyRef | '', label?: Label): Said {
  return { said: ref, ...(label ? { label } : {}) };
}

export function quoted(text: string, label: Label | undefined, of?: string): Quoted {
  return { quoted: text, ...(label ? { label } : {}), ...(of === undefined ? {} : { of }) };
}
