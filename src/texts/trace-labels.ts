// The labels of the buttons for what is left of an erased text. Pure.
import type { Texts } from './texts.ts';

/** `things`: how many the person has not settled. */
export function traceLabels(fill: Texts['fill'], things: number): Record<'forget' | 'look' | 'keep', string> {
  const look = fill('notice', 'look');
  // Nothing is left: the one button there is says that they have read so.
  if (!things) return { forget: fill('notice', 'forget'), look, keep: fill('notice', 'made-gone-ok') };
  return things > 1
    ? { forget: fill('notice', 'forget-all', { count: things }), look, keep: fill('notice', 'keep-all') }
    : { forget: fill('notice', 'forget'), look, keep: fill('notice', 'keep') };
}
