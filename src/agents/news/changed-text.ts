// Builds the text that tells a model how the things it holds have changed. Pure.
import { isQuoted, type Label } from '../../log/labels/label.ts';
import type { Changed, Difference } from '../../pods/history/changed.ts';
import { attribute, fenced, inLine, outsideLine, outsideText, sourceIn } from '../sessions/fence.ts';
import { localTimes, NO_ZONE } from '../sessions/local-day.ts';
import type { HeldChange, News } from './news.ts';

/** `dropped`: the names of what the session holds no more, because it holds too much. */
export function changedText(
  { changed, more }: Pick<News, 'changed' | 'more'>,
  dropped: readonly string[] = [],
  here = NO_ZONE,
) {
  const timeIn = localTimes();
  return [
    ...changed.map((one) => elementOf(one, (at) => timeIn(here, at))),
    more > 0 && `<changed>${more} more that you hold may have changed: you hear of them with your next turn.</changed>`,
    dropped.length > 0 &&
      `<changed>You hold too much: you hear no more of changes to ${inLine(dropped.join(', '))}. Read it again if you need it.</changed>`,
  ]
    .filter(Boolean)
    .join('\n');
}

function elementOf(one: HeldChange, time: (at: number) => string): string {
  const { noun, lines, earlier, difference, facts } = one;
  return [
    `<changed what="${attribute(noun)}"${one.times > 0 ? ` times="${timesOf(one)}"` : ''}>`,
    earlier > 0 && `- ${earlier} earlier`,
    ...lines.map(({ at, text, label }) => `- ${time(at)} ${quotedLine(text, label)}`),
    facts && `Now: ${inLine(facts)}`,
    difference && differenceText(difference),
    one.skill && 'Load it anew before you work by it again: what you loaded is out of date.',
    one.self === 'now' && 'This is about you: you work by it now.',
    one.self === 'next' && 'This is about you: go by the difference above; your next request has it whole.',
    '</changed>',
  ]
    .filter(Boolean)
    .join('\n');
}

function timesOf({ times, atLeast }: Changed): string {
  return atLeast ? `${times} or more` : `${times}`;
}

function quotedLine(text: string, label: Label | undefined): string {
  return isQuoted(label) ? outsideLine(sourceIn(label), text) : inLine(text);
}

function differenceText({ kind, text, label }: Difference): string {
  if (kind === 'same') return 'The content is the same as you know it.';
  const head = kind === 'text' ? 'It reads now:' : 'What differs from what you know (- before, + now):';
  return `${head}\n${isQuoted(label) ? outsideText(sourceIn(label), text) : fenced(text)}`;
}
