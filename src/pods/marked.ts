// What a result says as a whole of the texts in it: some of them are no member's words.
import { isOutside, type Label } from '../log/labels/label.ts';

export function marked(labels: readonly (Label | undefined)[]): { outside?: true } {
  return labels.some(isOutside) ? { outside: true } : {};
}
