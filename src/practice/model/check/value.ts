// Type guards for the unknown values of a request.

import { invalidRequest } from '../api-error.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a text that is not blank. The API counts more characters as white space than JavaScript does. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !/^[\s\p{Cc}]*$/u.test(value);
}

/** Throws ApiError 400 if a text at any depth contains a lone surrogate. */
export function checkCharacters(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      throw invalidRequest('The request body is not valid JSON: no low surrogate in string: line 1 column 1 (char 0)');
  } else if (Array.isArray(value)) for (const item of value) checkCharacters(item);
  else if (isRecord(value)) for (const entry of Object.entries(value)) checkCharacters(entry);
}
