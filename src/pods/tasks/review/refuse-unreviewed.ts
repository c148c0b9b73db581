// Refuses to an agent that it ends a task which its reviewers have not approved. A person's word ends the review. Pure.
import { Conflict } from '../../../errors.ts';
import { isAgent, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { TaskDoc } from '../task.ts';
import { reviewState } from './review-state.ts';
import { reviewWords } from './review-words.ts';

/** @throws Conflict that says how the review stands */
export function refuseUnreviewed(task: TaskDoc, actor: ParticipantId, names: ReadonlyMap<ParticipantId, Named>): void {
  const stands = reviewState(task);
  if (!isAgent(actor) || !stands || stands === 'approved') return;
  const how = {
    to_ask: 'request_review asks them.',
    asked: 'You are woken when they have looked.',
    back: 'Mend what the comments say, then ask again with request_review.',
    used: 'You are woken when it goes on.',
  }[stands];
  throw new Conflict(`#${task.number} is ${reviewWords(task, names)}, so it is not done yet. ${how}`);
}
