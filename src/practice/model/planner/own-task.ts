// Brings a task of the agent's own to its end, and says what it thinks of a task that it reviews. Pure.
import type { Assigned } from './assigned.ts';
import { list, type Talk, troubleOf, tryCall } from './intent.ts';
import type { Outcome } from './step.ts';
import { shortened } from './words.ts';

/** The most characters of a result that a call takes along. */
const MOST = { result: 2500, note: 450 };

/**
 * Starts the task before the talk, and stops with its result where people want it. Then its reviewers are asked; a part without any is done, so
 * that the next can begin. Any other task only people mark as done.
 */
export function* settling(talk: () => Talk, { ref, why, stops, review, isPart }: Assigned): Talk {
  const [started] = yield [tryCall('start_task', { task: ref })];
  const answer = yield* talk();
  for (const name of stops) {
    const [stop] = yield [tryCall('checkpoint', { task: ref, name, result: answer.slice(0, MOST.result) })];
    if (stop?.kind !== 'ok') return answer;
  }
  const last = review ? asking(ref, why, review) : isPart && DOABLE.includes(why) ? done(ref, answer) : undefined;
  const [outcome] = last ? yield [last] : [];
  const trouble = outcome && troubleOf(outcome);
  if (trouble) return `${answer}\n\n${trouble}`;
  if (last?.tool === 'request_review') return `${answer}\n\nI have asked for the review of ${ref}.`;
  if (last) return `${answer}\n\n${ref} is done.${yield* next(outcome)}`;
  return started?.kind === 'ok' && !review
    ? `${answer}\n\n${ref} is in progress; say “${ref} is done” when that settles it.`
    : answer;
}

/** Why an agent is set to work on what it has not done yet. */
const DOABLE = ['given', 'reopened', 'returned', 'unblocked', 'repeated'];

function asking(ref: string, why: string, review: string) {
  if (!/^(?:to be reviewed|sent back) by /.test(review) || review.endsWith(': a person decides')) return undefined;
  const note =
    why === 'sent_back' ? 'I have looked at what you said, and gone through it once more.' : 'Please look at it.';
  return tryCall('request_review', { task: ref, note });
}

function done(ref: string, answer: string) {
  return tryCall('complete_task', { task: ref, note: shortened(answer.split('\n')[0] ?? '', MOST.note) || 'Done' });
}

/** Ends the task that all its reviewers have approved. */
export function* finished(ref: string): Talk {
  const [outcome] = yield [tryCall('complete_task', { task: ref, note: 'As approved.' })];
  return (outcome && troubleOf(outcome)) ?? `${ref} is approved, and done.${yield* next(outcome)}`;
}

/** Its own next step in the same conversation wakes nobody: it hears of that by the result alone. */
function* next(outcome: Outcome | undefined): Talk {
  const mine = list<string>(outcome, 'sets_free').find((one) => one.endsWith(', with you'));
  const ref = mine?.split(', ')[0];
  if (!ref) return '';
  yield [tryCall('start_task', { task: ref })];
  const [asked] = yield [tryCall('request_review', { task: ref, note: 'Please look at it.' })];
  if (asked?.kind === 'ok') return ` I have asked for the review of ${ref}.`;
  const [ended] = yield [tryCall('complete_task', { task: ref, note: 'Done' })];
  return ended?.kind === 'ok' ? ` So is ${ref}.${yield* next(ended)}` : ` ${ref} is in progress.`;
}

/** The stand-in can't judge, and says so. */
export function* reviewed(ref: string): Talk {
  const [outcome] = yield [tryCall('approve', { task: ref, note: 'Only the stand-in model has looked at it.' })];
  return (
    (outcome && troubleOf(outcome)) ??
    `I have approved ${ref}. I am only the stand-in model, so look at it yourself, too.`
  );
}
