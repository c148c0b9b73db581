// Tells a change of a review, for history, digest and news. Pure.
import type { Names, Phrase } from '../../../log/kind.ts';
import { quoted } from '../../history/phrase.ts';
import { called } from '../../people/directory.ts';
import { listed } from '../graph/waits-words.ts';
import type { ReviewChange } from './review.ts';

export function describeReview(change: ReviewChange, task: string, { who, texts }: Names): Phrase | undefined {
  const words = 'noteRef' in change && change.noteRef ? texts.get(change.noteRef) : undefined;
  const note = words ? `: ${quoted(words)}` : '';
  switch (change.type) {
    case 'review_asked':
      if (!change.ask.length) return ['changed', `the reviewers of ${task}`];
      return ['asked', `${listed(change.ask.map((one) => called(who, one).name))} to review ${task}${note}`];
    case 'review_moved':
      return change.ask.length
        ? [
            'asked',
            `${listed(change.ask.map((one) => called(who, one).name))} to review ${task} anew: it has another version`,
          ]
        : undefined;
    case 'review_given': {
      const others = change.gone ?? (change.for ? [change.for] : []);
      const absent = others.length ? ` for ${listed(others.map((one) => called(who, one).name))}` : '';
      return change.is === 'approved'
        ? ['approved', `${task}${absent}${note}`]
        : ['sent', `${task} back${absent}${note}`];
    }
    default:
      change satisfies never;
      return undefined;
  }
}
