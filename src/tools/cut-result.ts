// Truncates a tool's result, because the result stays in the model's context for the whole epoch.
import { shorten } from '../log/well-formed.ts';

export const LONGEST_RESULT = 30_000;

export function cutResult(text: string): string {
  return shorten(text, LONGEST_RESULT, 'Ask for less at a time.');
}
