// Renders the result of an action that has no rendering of its own.
import { stringify } from 'yaml';

/** YAML, because people can read it without learning it. */
export function resultText(result: unknown): string {
  return stringify(result, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
