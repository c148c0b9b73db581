// The words for the things that are left of an erased text, and their lines in a list. Pure.
import { KINDS } from '../pods/kinds.ts';
import type { Texts } from '../texts/texts.ts';
import { quiet } from './quiet.ts';

export interface Left {
  /** The view of the thing, such as `notes`. */
  on: string;
  number: number;
  by: string;
  text: string;
  /** Set if it is a file that came with the text. */
  came?: true;
  /** Set if it is what a message said before it was edited. Then `text` is what it says now. */
  earlier?: true;
}

export function thingWord(fill: Texts['fill'], on: string): string {
  switch (on) {
    case 'messages':
      return fill('notice', 'made-message');
    case 'tasks':
      return fill('notice', 'made-task');
    case 'notes':
      return fill('notice', 'made-note');
    case 'questions':
      return fill('notice', 'made-question');
    case 'files':
      return fill('notice', 'made-file');
    default:
      return fill('notice', 'made-other', { thing: KINDS.get(on)?.search?.kind ?? on });
  }
}

export function madeLine(fill: Texts['fill'], { number, on, by, text, came, earlier }: Left): string {
  if (earlier) return fill('notice', 'earlier-line', { number, text: quiet(text, 140) });
  const facts = { number, thing: thingWord(fill, on), text: quiet(text, 140) };
  return came ? fill('notice', 'came-line', facts) : fill('notice', 'made-line', { ...facts, person: quiet(by, 60) });
}
