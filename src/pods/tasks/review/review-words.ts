// Says in words how the review of a task stands: “in review by Ben, round 1 of 3”. Pure.
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { called } from '../../people/directory.ts';
import { isActive } from '../graph/ready.ts';
import { droppers, listed } from '../graph/waits-words.ts';
import type { TaskDoc } from '../task.ts';
import { pending, reviewersOf, reviewState, verdictOf } from './review-state.ts';

type Who = ReadonlyMap<ParticipantId, Named>;
type Facts = { [F in 'review' | 'assignee']?: TaskDoc[F] | undefined } & Pick<TaskDoc, 'state'>;

/** Returns those whose names are in the words about a task: who dropped what it waits for, its reviewers and their deputies. */
export function namedIn({
  waitsFor,
  review,
}: { [F in 'waitsFor' | 'review']?: TaskDoc[F] | undefined }): ParticipantId[] {
  const deputies = (review?.verdicts ?? []).flatMap(({ by }) => by ?? []);
  return [...droppers(waitsFor), ...(review?.reviewers ?? []), ...deputies];
}

/** Undefined if nobody reviews it. Of a task that is over, only that it was approved is left to say. */
export function reviewWords(facts: Facts, names: Who): string | undefined {
  const task = facts as Pick<TaskDoc, 'review' | 'assignee' | 'state'>;
  const stands = reviewState(task);
  const { review } = task;
  if (!review || !stands || (!isActive(task) && stands !== 'approved')) return undefined;
  const reviewers = reviewersOf(task);
  const by = (who: readonly ParticipantId[]) => listed(who.map((one) => called(names, one).name));
  const having = (is: 'approved' | 'back') => reviewers.filter((who) => verdictOf(task, who)?.is === is);
  /** “Gil, for Ben”, where a deputy said it. */
  const said = (is: 'approved' | 'back') =>
    listed(
      having(is).map((who) => {
        const deputy = verdictOf(task, who)?.by;
        return `${deputy ? `${called(names, deputy).name}, for ` : ''}${called(names, who).name}`;
      }),
    );
  const round = `round ${review.round} of ${review.most}`;
  const also = having('approved').length ? `; approved by ${said('approved')}` : '';
  switch (stands) {
    case 'to_ask':
      return `to be reviewed by ${by(reviewers)}`;
    case 'asked':
      return `in review by ${by(pending(task))}, ${round}${also}`;
    case 'back':
      return `sent back by ${said('back')}, ${round}${also}`;
    case 'used':
      return `sent back by ${said('back')} in the last of ${review.most} rounds: a person decides`;
    case 'approved':
      return `approved by ${said('approved')}`;
    default:
      return stands satisfies never;
  }
}
