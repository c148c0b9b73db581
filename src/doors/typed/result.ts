// Renders the result of an action that has no renderer of its own.
import { stringify } from 'yaml';

/** Returns the result as YAML, which people can read without learning it. */
export function resultText(result: unknown): string {
  return stringify(result, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
