// Phrases that the sentences of several kinds share. Pure.
import type { BodyRef } from '../../log/body.ts';
import type { Names } from '../../log/kind.ts';
import { excerpt } from '../search/excerpt.ts';

const MOST_QUOTED = 120;

export function quoted(text: string): string {
  return `“${excerpt(text, '', MOST_QUOTED)}”`;
}

/** Returns the reason of an erasure, such as “ (it names a customer)”; empty if there is none. */
export function because({ reasonRef }: { reasonRef?: BodyRef }, { texts }: Names): string {
  const reason = reasonRef && texts.get(reasonRef);
  return reason ? ` (${reason})` : '';
}
