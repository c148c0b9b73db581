// The line of one thing for which a person waits, for the lists in Slack and by mail. Pure.
import { quiet } from '../digest/quiet.ts';
import type { Worded } from '../log/body.ts';
import { comingWords, localDay, shownDay, shownTime } from '../pods/local-time.ts';
import type { ShownAwaited } from '../pods/needs/waiting/list-awaited.ts';
import type { Texts } from '../texts/texts.ts';
import type { ReadAt } from './waiting-line.ts';

/** `url`: a link to the thing; empty for a line without a link. */
export function awaitedLine(fill: Texts['fill'], one: Worded<ShownAwaited>, url: string, reader: ReadAt): string {
  const { zone, now } = reader;
  const people = one.with.length ? one.with.map((name) => quiet(name, 60)).join(', ') : fill('waiting', 'nobody');
  const facts = { pod: quiet(one.pod.name, 60), url, people, since: shownTime(zone, Date.parse(one.since)) };
  if (one.task === undefined) {
    const { needed_by: by, question: number = '', text = '' } = one;
    const when = by ? fill('waiting', 'needed-by', { day: comingWords(zone, Date.parse(by), now) }) : '';
    return fill('waiting', 'awaits-question', { ...facts, number, text: quiet(text, 200), when });
  }
  const { due, state, task: number, title = '' } = one;
  const today = localDay(zone, now);
  const day = due ? fill('waiting', due < today ? 'overdue' : 'due', { day: shownDay(due) }) : '';
  if (one.parts !== undefined) {
    const now = one.now === undefined ? '' : fill('waiting', 'now', { tasks: quiet(one.now, 300) });
    const said = { ...facts, number, title: quiet(title, 120), words: one.parts, now, when: day };
    return fill('waiting', 'awaits-parts', said);
  }
  const begun = state === 'started' ? fill('waiting', 'started') : '';
  const line = fill('waiting', 'awaits-task', { ...facts, number, title: quiet(title, 120), when: `${begun}${day}` });
  if (one.waits_for) return fill('waiting', 'waits', { line, tasks: quiet(one.waits_for, 300) });
  return one.review ? fill('waiting', 'review', { line, words: quiet(one.review, 300) }) : line;
}
