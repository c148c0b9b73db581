// The review of a task: others say whether what was made is good, or send it back, a bounded number of times.
import type { BodyRef } from '../../../log/body.ts';
import type { NeededOf } from '../../../log/needs/need.ts';
import type { ParticipantId, PersonId } from '../../../log/participant.ts';

/** How many rounds a review has. When the last of them is sent back, a person decides how it goes on. */
export const ROUNDS = 3;

/** The most reviewers of one task. More of them wait for one another. */
export const MOST_REVIEWERS = 10;

export interface Verdict {
  /** The reviewer whose verdict it is. */
  who: ParticipantId;
  /** The deputy who said it in their place, while they were away. */
  by?: ParticipantId;
  is: 'approved' | 'back';
  /** The body of the comments. */
  noteRef?: BodyRef;
}

/** A round is one version of what is reviewed, and one verdict of each reviewer. */
export interface Review {
  /** Those who were named. Whoever has the task is none while they have it (review-state.ts). */
  reviewers: ParticipantId[];
  /** How many rounds there may be. */
  most: number;
  /** The number of the round. 0: nobody was asked yet, or a person has ended the review. */
  round: number;
  /** How often reviewers were asked, for a round or for a new version within it. */
  turn: number;
  /** The version that the verdicts are about (version.ts). */
  version?: string;
  verdicts: Verdict[];
  /** Set while somebody is to look, or to mend. */
  open?: true;
  /**
   * Set for a step of a workflow: whoever has the task can't end the review by saying that it is done. Whoever gave it, or an
   * owner, can.
   */
  binding?: true;
  /** Set if the last round was sent back. */
  used?: true;
}

/**
 * `review_asked`: the reviewers named in `ask` are to look. `review_moved`: there is another version than the one that they
 * were asked about, so that verdicts do not count any more. `review_given`: a reviewer approves it or sends it back. `used`:
 * who is asked how it goes on, because that was the last round. `for`: the reviewer who is away and whose deputy gave it.
 * `gone`: the reviewers who can't any more, and whose place an owner takes. `more`: a person who is no reviewer allows one more.
 */
export type ReviewChange =
  | {
      type: 'review_asked';
      version: string;
      reviewers: ParticipantId[];
      ask: ParticipantId[];
      round: number;
      most: number;
      noteRef?: BodyRef;
    }
  | { type: 'review_moved'; version: string; ask: ParticipantId[] }
  | {
      type: 'review_given';
      is: Verdict['is'];
      for?: PersonId;
      gone?: ParticipantId[];
      noteRef?: BodyRef;
      used?: NeededOf;
      more?: true;
    };

export function newReview(reviewers: readonly ParticipantId[] = [], binding?: true): { review?: Review } {
  if (!reviewers.length) return {};
  const none = { reviewers: [...reviewers], most: ROUNDS, round: 0, turn: 0, verdicts: [] };
  return { review: { ...none, ...(binding ? { binding } : {}) } };
}
