// The line of one thing that waits for a person, for the list in Slack and by mail. Pure.
import { quiet } from '../digest/quiet.ts';
import type { Worded } from '../log/body.ts';
import { comingWords, shownDay } from '../pods/local-time.ts';
import type { ShownWaiting } from '../pods/needs/waiting/list-waiting.ts';
import type { Texts } from '../texts/texts.ts';

type Shown = Worded<ShownWaiting>;

/** The reader's time zone, and when they read it, in milliseconds since 1970. */
export interface ReadAt {
  zone: string;
  now: number;
}

/** `url`: a link to the thing; empty for a line without a link. */
export function waitingLine(fill: Texts['fill'], one: Shown, url: string, reader: ReadAt): string {
  const line = lineOf(fill, one, url, reader);
  if (one.left) return fill('waiting', 'left', { absent: quiet(one.left, 60), line });
  return one.for ? fill('waiting', 'stands-in', { absent: quiet(one.for, 60), line }) : line;
}

function lineOf(fill: Texts['fill'], one: Shown, url: string, reader: ReadAt): string {
  const pod = quiet(one.pod.name, 60);
  const when = whenOf(fill, one, reader);
  const facts = { pod, url, when };
  if (one.mails) return fill('waiting', one.mails === 1 ? 'mail' : 'mails', { count: one.mails, pod, url });
  if (one.why === 'goes_on' && one.task)
    return fill('waiting', 'goes-on', { pod, url, number: one.task, title: quiet(one.title ?? '', 120) });
  if (one.task) {
    const from = one.from ? fill('waiting', 'from', { person: quiet(one.from, 60) }) : '';
    const line = fill('waiting', 'task', { ...facts, from, number: one.task, title: quiet(one.title ?? '', 120) });
    if (one.parts) return fill('waiting', 'parts', { line, words: one.parts });
    if (one.review) return fill('waiting', 'review', { line, words: quiet(one.review, 300) });
    return one.waits_for ? fill('waiting', 'waits', { line, tasks: quiet(one.waits_for, 300) }) : line;
  }
  if (one.why === 'conflict' && one.title)
    return fill('waiting', 'conflict', { ...facts, title: quiet(one.title, 120) });
  if (one.made?.some(({ earlier }) => earlier))
    return one.made.length > 1
      ? fill('waiting', 'edited-several', { ...facts, count: one.made.length - 1 })
      : fill('waiting', 'edited', facts);
  if (one.made && one.made.length > 1)
    return fill('waiting', severalIn(one.made), { ...facts, count: one.made.length });
  if (one.made?.length === 0) return fill('waiting', 'made-gone', facts);
  if (one.made?.[0]?.came) return fill('waiting', 'came-with', facts);
  if (one.trace && one.from) return fill('waiting', 'made-from', { ...facts, person: quiet(one.from, 60) });
  if (one.why === 'app_lost' && one.from) return fill('waiting', 'app-lost', { ...facts, person: quiet(one.from, 60) });
  if (one.why === 'app_over' && one.from) return fill('waiting', 'app-over', { ...facts, person: quiet(one.from, 60) });
  if (one.why === 'unwoken' || one.why === 'stopped') return fill('waiting', one.why, facts);
  if (one.why === 'answered' && one.text !== undefined) return answeredLine(fill, one, { ...facts, text: one.text });
  if (one.text === undefined || !one.from) return fill('waiting', 'other', facts);
  const whom = fill('waiting', one.for || one.left ? 'them' : 'you');
  const said = { ...facts, whom, person: quiet(one.from, 60), text: quiet(one.text, 200) };
  if (one.question) return fill('waiting', 'asked', { ...said, number: one.question });
  const newest = one.times ? fill('waiting', 'newest-of', { count: one.times }) : '';
  return fill('waiting', 'named', { ...said, when: `${newest}${when}` });
}

/** The words are those of the question. Nobody is named if it ended without an answer. */
function answeredLine(
  fill: Texts['fill'],
  { from }: Shown,
  facts: { pod: string; url: string; when: string; text: string },
): string {
  const said = { ...facts, text: quiet(facts.text, 200) };
  return from ? fill('waiting', 'answered', { ...said, person: quiet(from, 60) }) : fill('waiting', 'unanswered', said);
}

function severalIn(made: NonNullable<Shown['made']>): 'left-several' | 'made-several' {
  return made.some(({ came }) => came) ? 'left-several' : 'made-several';
}

function whenOf(fill: Texts['fill'], one: Shown, { zone, now }: ReadAt): string {
  const { due, is, needed_by: neededBy, put_off_until: until, state } = one;
  const begun = state === 'started' ? fill('waiting', 'started') : '';
  if (until) {
    return `${begun}${fill('waiting', 'put-off', { day: comingWords(zone, Date.parse(until), now) })}`;
  }
  if (neededBy) {
    const by = fill('waiting', 'needed-by', { day: comingWords(zone, Date.parse(neededBy), now) });
    const { otherwise: option, from } = one;
    if (!option || !from) return by;
    return `${by}${fill('waiting', 'if-silent', { person: quiet(from, 60), option: quiet(option, 75) })}`;
  }
  if (is === 'due today') return `${begun}${fill('waiting', 'today')}`;
  const day = due ? fill('waiting', is === 'overdue' ? 'overdue' : 'due', { day: shownDay(due) }) : '';
  return `${begun}${day}`;
}
