// Words what was said since the last turn. Pure.
import { isQuoted } from '../../../log/labels/label.ts';
import { attribute, fenced, named, otherZone, outsideLine, outsideText, sourceIn } from '../fence.ts';
import { localTimes, NO_ZONE } from '../local-day.ts';
import { lineText } from './heard-line.ts';
import type { HeardMessage } from './heard-message.ts';

/** Returns the messages since the last turn as text. A message names its time zone only if that differs from `here`. */
export function newsText(heard: readonly HeardMessage[], here = NO_ZONE): string {
  const timeIn = localTimes();
  return heard
    .map((message) =>
      message.line
        ? lineText(message.line, message.id, timeIn(message.zone ?? here, message.at))
        : `<message ${attributesOf(message, here, timeIn)}>${wordsIn(message)}</message>`,
    )
    .join('\n');
}

function attributesOf(message: HeardMessage, here: string, timeIn: (zone: string, at: number) => string): string {
  const {
    from,
    alias,
    id,
    at,
    zone = here,
    edited,
    was,
    as,
    state,
    recalled,
    label,
    via,
    subject,
    task,
    notes,
  } = message;
  return [
    `from="${named(from, alias)}" id="${attribute(id)}" at="${timeIn(zone, at)}"${otherZone(zone, here)}`,
    as && `as="${as}"`,
    state && `state="${attribute(state)}"`,
    edited && 'edited="true"',
    was && !isQuoted(label) && !via && `was="${attribute(was)}"`,
    recalled && 'earlier="said before you were called: background"',
    isQuoted(label) && 'outside="true"',
    via && `via="${via}"`,
    subject && !isQuoted(subject.label) && `subject="${attribute(subject.text)}"`,
    task && `task="#${task.number}" assignee="${attribute(task.for ?? 'nobody yet')}"`,
    notes && `notes="${attribute(notes)}"`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Returns the author's words, followed by the subject, file names and forwarded content, which are marked as data. */
function wordsIn({ text, refused, via, subject, files = [], brought }: HeardMessage): string {
  return [
    subject && isQuoted(subject.label) && outsideLine('subject', subject.text),
    refused && outsideText('command that was refused and answered', refused),
    quotesFenced(fenced(text), via === 'mail' || brought !== undefined),
    ...files.map((name) => outsideLine('file name', name)),
    brought && outsideText(sourceIn(brought.label), brought.text),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Tells that a person stopped the agent, in the turn that comes after it. */
export function stoppedNews(by: string, time: string): string {
  return `<stopped by="${attribute(by)}" at="${time}"/>`;
}

export function dateNews(today: string, zone: string): string {
  return `<date zone="${attribute(zone)}">${today}</date>`;
}

/** Marks the quotes of a mail, or of a message with forwarded content, as data. */
function quotesFenced(text: string, brought: boolean): string {
  return brought ? text.replace(QUOTES, (quote) => outsideText('quote', quote)) : text;
}

const QUOTES = /^>[^\n]*(?:\n>[^\n]*)*/gm;
