// How a text stands in a model's request: nobody ends the element they stand in, and what is from outside is named as data. Pure.
import type { LabelledSlot } from '../../log/body.ts';
import { isQuoted, type Label, type Source } from '../../log/labels/label.ts';

/** Text from outside the pod's members: data, named as such. */
export function outsideText(source: string, text: string): string {
  return `<outside source="${attribute(source)}">${fenced(text)}</outside>`;
}

/** As `outsideText`, within one line. */
export function outsideLine(source: string, text: string): string {
  return `<outside source="${attribute(source)}">${inLine(text)}</outside>`;
}

/** Nobody can end the element they stand in, or begin one, and so speak as somebody else. */
export function fenced(text: string): string {
  // Also with characters between the bracket and the word: a model may read over invisible ones.
  return text.replace(/<(?=[^<\p{L}\p{N}]*(message|outside|context|member|date|budget)\b)/giu, '&lt;');
}

/** Joins the lines of a text, so that it can't begin a line of its own. */
export function inLine(text: string): string {
  return fenced(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
}

export function attribute(text: string): string {
  return inLine(text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'));
}

/** A result with each text fenced that is from outside: one rule for whatever an action answers. */
export function fencedResult(result: unknown, labels: readonly LabelledSlot[]): unknown {
  return labels
    .filter(({ label }) => isQuoted(label))
    .reduce(
      (whole, { at, label, of }) => replacedAt(whole, at, (text) => outsideText(of ?? sourceIn(label), text)),
      result,
    );
}

const SOURCES: Readonly<Record<Source['kind'], string>> = {
  mail: 'mail',
  slack: 'shown with the message in Slack',
  file: 'file',
  app: 'an app',
  person: 'another organisation',
  agent: 'agent',
};

/** For an attribute. */
export function sourceIn({ source }: Label): string {
  return SOURCES[source.kind];
}

function replacedAt(value: unknown, [key, ...rest]: LabelledSlot['at'], replaced: (text: string) => string): unknown {
  if (key === undefined) return typeof value === 'string' ? replaced(value) : value;
  if (Array.isArray(value)) return value.map((each, n) => (n === key ? replacedAt(each, rest, replaced) : each));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: replacedAt(fields[key], rest, replaced) };
}
