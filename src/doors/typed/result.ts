// What came of an action as people read it where nothing was made for it by hand.
import { stringify } from 'yaml';

/** Results are plain data; YAML is the shortest text of them that people read without learning it. */
export function resultText(result: unknown): string {
  return stringify(result, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
