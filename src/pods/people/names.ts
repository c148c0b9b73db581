// Validates names: a name is a single line that people and models can't take for markup.
import { z } from 'zod';

/** Describes an input that names a member. Doors that offer choices offer the pod's members for it. */
export const MEMBER_INPUT = 'Name or handle';
export const MEMBERS_INPUT = 'Names or handles';

/** Matches control characters, line ends, and marks that reverse the direction of text. */
export const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const UNFIT = new RegExp(`[<>]|${HIDDEN.source}`, 'u');

export function nameOf(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((name) => !UNFIT.test(name), 'A name is one line, without < and >');
}

/** Returns the name without characters that are not allowed. A name from another service can't be refused. */
export function cleanName(name: string): string {
  return without(UNFIT, name) || 'Somebody';
}

/** Returns the subject of a mail without characters that are not allowed. */
export function cleanTitle(title: string): string {
  return without(HIDDEN, title) || '(no title)';
}

function without(unfit: RegExp, text: string): string {
  return text.replace(new RegExp(unfit, 'gu'), ' ').replace(/\s+/g, ' ').trim();
}

export function titleOf(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((title) => !HIDDEN.test(title), 'A title is one line, without control characters');
}
