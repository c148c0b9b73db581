// The turns of phrase that the tellings of changes share. Pure.
import type { BodyRef } from '../../log/body.ts';
import type { Names } from '../../log/kind.ts';
import { excerpt } from '../search/excerpt.ts';

const MOST_QUOTED = 120;

export function quoted(text: string): string {
  return `“${excerpt(text, '', MOST_QUOTED)}”`;
}

/** “ (it names a customer)”: why something was erased; empty without a reason. */
export function because({ reasonRef }: { reasonRef?: BodyRef }, { texts }: Names): string {
  const reason = reasonRef && texts.get(reasonRef);
  return reason ? ` (${reason})` : '';
}
