// The words of a message before its edits, so that whoever has heard them is told how the message reads now. Pure.
import type { BodyRef } from '../../../log/body.ts';
import type { PersonId } from '../../../log/participant.ts';

export interface WordsBefore {
  body: BodyRef;
  /** The people whom they addressed by name. */
  mentions?: PersonId[];
  /** The number of the commit that put other words in their place. */
  until: number;
}

/** If a message is edited more often, nobody is told what the oldest edits replaced. */
export const MOST_BEFORE = 10;

interface Edited {
  body: BodyRef | '';
  mentions?: PersonId[];
  was?: WordsBefore[];
}

export function withEdit({ body, mentions, was = [] }: Edited, until: number): WordsBefore[] {
  if (!body) return was;
  return [...was, { body, ...(mentions ? { mentions } : {}), until }].slice(-MOST_BEFORE);
}

/** Returns the words that the message had when the log was at `position`. Undefined if they still stand, or are unknown. */
export function wordsAt({ was = [] }: Pick<Edited, 'was'>, position: number): WordsBefore | undefined {
  const index = was.findIndex(({ until }) => until > position);
  // In a full list, older words may be missing before the first.
  return index === 0 && was.length === MOST_BEFORE ? undefined : was[index];
}
