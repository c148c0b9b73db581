// The questions every check of a request asks of an unknown value.

import { invalidRequest } from '../api-error.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that is not empty and not only white space, of which the API knows some that JavaScript does not. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !/^[\s\p{Cc}]*$/u.test(value);
}

/** Throws ApiError 400 where a text, at any depth, holds half a surrogate pair. */
export function checkCharacters(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      throw invalidRequest('The request body is not valid JSON: no low surrogate in string: line 1 column 1 (char 0)');
  } else if (Array.isArray(value)) for (const item of value) checkCharacters(item);
  else if (isRecord(value)) for (const entry of Object.entries(value)) checkCharacters(entry);
}
