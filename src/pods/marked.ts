// Marks a whole result as outside if no member wrote some of its texts.
import { isOutside, type Label } from '../log/labels/label.ts';

export function marked(labels: readonly (Label | undefined)[]): { outside?: true } {
  return labels.some(isOutside) ? { outside: true } : {};
}
