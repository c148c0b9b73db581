// How the review of a task changes. Pure.
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import type { Meta, Own } from '../../../log/view.ts';
import { earlier } from '../evolve/with-lines.ts';
import type { TaskDoc } from '../task.ts';
import type { Review, ReviewChange, Verdict } from './review.ts';
import { reviewState } from './review-state.ts';

const NONE: Review = { reviewers: [], most: 0, round: 0, turn: 0, verdicts: [] };

export function evolveReview(doc: TaskDoc, change: ReviewChange, { actor }: Meta): Own<TaskDoc> {
  const { review = NONE } = doc;
  switch (change.type) {
    case 'review_asked': {
      const { version, reviewers, round, most, noteRef } = change;
      const { used: _used, ...rest } = review;
      const isSame = version === review.version;
      const verdicts = isSame ? review.verdicts.filter((one) => stays(one, reviewers)) : [];
      // A button of the same request stays good where only the reviewers change.
      const turn = isSame && round === review.round ? review.turn : review.turn + 1;
      const after: Review = { ...rest, reviewers, round, most, version, verdicts, turn, open: true };
      return { ...doc, review: after, ...earlier(doc, noteRef ? [noteRef] : []) };
    }
    case 'review_moved': {
      const { version, ask } = change;
      const open = ask.length ? { open: true as const } : {};
      return { ...doc, review: { ...review, version, verdicts: [], turn: review.turn + 1, ...open } };
    }
    case 'review_given':
      return {
        ...doc,
        review: given(doc, review, change, actor),
        ...earlier(doc, change.noteRef ? [change.noteRef] : []),
      };
    default:
      change satisfies never;
      return doc;
  }
}

/** It is over: nobody is asked any more. What was approved stays so. A person who ends it begins anew if they reopen it. */
export function endedReview(review: Review | undefined, actor: ParticipantId): { review?: Review } {
  if (!review) return {};
  const { open: _open, used: _used, ...rest } = review;
  return { review: isPerson(actor) ? { ...rest, round: 0 } : rest };
}

/** An approval counts for as long as the version stands. A reviewer who has sent it back is asked again. */
function stays({ who, is }: Verdict, reviewers: readonly ParticipantId[]): boolean {
  return is === 'approved' && reviewers.includes(who);
}

function given(
  doc: TaskDoc,
  review: Review,
  { is, for: absent, gone, noteRef, used, more }: Extract<ReviewChange, { type: 'review_given' }>,
  actor: ParticipantId,
): Review {
  const { used: before, ...rest } = review;
  if (more) return { ...rest, most: review.round + 1 };
  const whose = absent ? { who: absent, by: actor } : { who: actor };
  const verdict: Verdict = { ...whose, is, ...(noteRef ? { noteRef } : {}) };
  const verdicts = [...review.verdicts.filter(({ who }) => who !== whose.who), verdict];
  // The owner who answers for those who can't any more reviews the next version, too.
  const reviewers = [...new Set(review.reviewers.map((who) => (gone?.includes(who) ? actor : who)))];
  const after: Review = { ...rest, reviewers, verdicts };
  if (reviewState({ ...doc, review: after }) === 'approved') {
    const { open: _open, ...approved } = after;
    return approved;
  }
  return used || before ? { ...after, used: true } : after;
}
