// Marks a result as a whole if some of its texts were written by no member.
import { isOutside, type Label } from '../log/labels/label.ts';

export function marked(labels: readonly (Label | undefined)[]): { outside?: true } {
  return labels.some(isOutside) ? { outside: true } : {};
}
