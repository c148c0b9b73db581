// Says in a list or on a card what a run does, as a phrase with the time that ends it. Pure.
import type { ShownRun } from './run-words.ts';

type Doing = Pick<
  ShownRun,
  'state' | 'since' | 'until' | 'ended' | 'waits_for' | 'questions' | 'paused_by' | 'taken_by' | 'messages_wait'
>;

/** “is paused by Ben Okafor; it began at”, and the time in milliseconds since 1970. */
export function doingWords({
  state,
  since,
  until,
  ended,
  waits_for,
  questions = [],
  paused_by = [],
  taken_by,
  messages_wait,
}: Doing): { does: string; at: number; after?: string } {
  const over = Date.parse(ended ?? since);
  const wait = waitWords(messages_wait, taken_by ? 'it is handed back' : 'it goes on');
  if (taken_by)
    return { does: `is without its work, which ${taken_by} has taken over${wait}; it began at`, at: Date.parse(since) };
  if (paused_by.length)
    return { does: `is paused by ${paused_by.join(', ')}${wait}; it began at`, at: Date.parse(since) };
  switch (state) {
    case 'working':
      return { does: 'has been working since', at: Date.parse(since) };
    case 'waiting': {
      if (waits_for === 'questions')
        return { does: `waits for an answer to ${questions.join(', ')} since`, at: Date.parse(since) };
      const what = waits_for === 'model' ? 'the model' : 'something that it needs';
      return { does: `waits for ${what} and tries again at`, at: Date.parse(until ?? since) };
    }
    case 'answered':
      return { does: 'answered at', at: over };
    case 'paused':
      return { does: 'paused at', at: over, after: ', at the end of its budget' };
    case 'stopped':
      return { does: 'was stopped at', at: over };
    case 'failed':
      return { does: 'could not go on at', at: over };
    case 'silent':
    case 'ended':
      return { does: 'ended at', at: over };
    default:
      state satisfies never;
      return { does: 'ended at', at: over };
  }
}

/** “; 2 messages wait until it goes on”. Empty if none does. */
export function waitWords(count: number | undefined, until: string): string {
  if (!count) return '';
  return `; ${count} ${count === 1 ? 'message waits' : 'messages wait'} until ${until}`;
}
