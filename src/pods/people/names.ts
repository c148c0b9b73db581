// What a name may hold: one line that can't pass for markup wherever it is shown, to people and to models.
import { z } from 'zod';

/** Control characters, line ends, and the marks that make a name read backwards. */
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

/** What a person goes by elsewhere can't be refused: what does not fit is left out. */
export function cleanName(name: string): string {
  return without(UNFIT, name) || 'Somebody';
}

/** Nor can a mail for its subject. */
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
