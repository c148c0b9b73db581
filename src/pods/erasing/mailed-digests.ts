// Counts the people whose digest by mail repeats a text that is being erased: a mail can't be called back.
import type { Reader } from '../../log/action.ts';
import type { Ctx } from '../action.ts';
import { NOTICES } from '../telling/notices/notice.ts';

/** `before`: when other words took the place of those that are erased, in milliseconds since 1970. */
export interface Repeated {
  id: string;
  before?: number;
}

/** Does not count whoever erases it: their own mail is theirs. */
export async function mailedTo(
  read: Reader,
  erased: readonly Repeated[],
  { actor, onBehalfOf }: Pick<Ctx, 'actor' | 'onBehalfOf'>,
): Promise<number> {
  const people = new Set<string>();
  for (const { id, before = Number.POSITIVE_INFINITY } of erased)
    for (const { pod, mailedAt } of await read.find(NOTICES, { where: { about: id } }))
      if (mailedAt !== undefined && mailedAt < before && pod !== (onBehalfOf ?? actor)) people.add(pod);
  return people.size;
}

/** The field of a result for whoever erased a text. Absent if no digest that was mailed to others had it. */
export interface InMailedDigests {
  digestMailedTo?: number;
}

export function mailedIn(people: number): InMailedDigests {
  return people ? { digestMailedTo: people } : {};
}
