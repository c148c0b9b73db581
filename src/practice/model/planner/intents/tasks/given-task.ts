// Answers about an assigned task if the agent has nothing to begin.
import type { Wish } from '../../situation.ts';
import { shownDay } from '../../words.ts';

/** Returns the answer. Undefined if the agent should begin the task. */
export function wordsWithoutWork({ text, assigned }: Wish): string | undefined {
  if (!assigned) return undefined;
  const { ref, why, due } = assigned;
  const day = due ? shownDay(due) : '';
  const ask = `Tell me what is missing, or say “${ref} is done”.`;
  switch (why) {
    case 'rescheduled':
      return day ? `${ref} is due ${day} now. I keep to that.` : `${ref} has no due day any more.`;
    case 'due':
      return `${ref} is due today, and is not done yet. ${ask}`;
    case 'overdue':
      return `${ref} was due ${day}. ${ask}`;
    case 'again':
      return `${ref} comes again today, and is not done yet. ${ask}`;
    default:
      return text ? undefined : `I have ${ref}. No member wrote it, so tell me what you want of it.`;
  }
}
