// Refuses to end a task which its reviewers have not approved. A person's word ends the review, but whoever has the task asks for
// it first; that of a step of a workflow ends it only if they gave the task, or are an owner. Pure.
import { Conflict } from '../../../errors.ts';
import { isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { TaskDoc } from '../task.ts';
import { deciderOf, endsAfterReview, reviewState } from './review-state.ts';
import { reviewWords } from './review-words.ts';

/** @throws Conflict that says how the review stands */
export function refuseUnreviewed(
  task: TaskDoc,
  ctx: Pick<Ctx, 'actor' | 'role'>,
  names: ReadonlyMap<ParticipantId, Named>,
): void {
  const stands = reviewState(task);
  if (!stands || stands === 'approved' || mayEnd(task, ctx)) return;
  const how = isPerson(ctx.actor) ? FOR_PEOPLE : FOR_AGENTS;
  throw new Conflict(
    `#${task.number} is ${reviewWords(task, names)}, so it is not done yet. ${how(task.number)[stands]}`,
  );
}

function mayEnd(task: TaskDoc, { actor, role }: Pick<Ctx, 'actor' | 'role'>): boolean {
  if (!isPerson(actor)) return false;
  if (!endsAfterReview(task)) return true;
  // After the last round somebody has to decide, also if it is their own work.
  if (actor === task.assignee && reviewState(task) !== 'used') return false;
  return !task.review?.binding || role === 'owner' || deciderOf(task) === actor;
}

const FOR_AGENTS = () => ({
  to_ask: 'request_review asks them.',
  asked: 'You are woken when they have looked.',
  back: 'Mend what the comments say, then ask again with request_review.',
  used: 'You are woken when it goes on.',
});

const FOR_PEOPLE = (number: number) => ({
  to_ask: `Say “#${number} ask for review”, and they are asked.`,
  asked: 'Whoever has it hears when they have looked.',
  back: `When it is mended, say “#${number} ask for review: what has changed”.`,
  used: 'Whoever gave it says how it goes on.',
});
