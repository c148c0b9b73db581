// Escapes texts for a model's request: no text can close its own element, and text from outside is marked as data. Pure.
import type { LabelledSlot } from '../../log/body.ts';
import { isQuoted, type Label, type Source } from '../../log/labels/label.ts';
import { head } from '../../log/well-formed.ts';

/** Marks a text from outside as data. */
export function outsideText(source: string, text: string): string {
  return `<outside source="${attribute(source)}">${fenced(text)}</outside>`;
}

/** The same as `outsideText`, on one line. */
export function outsideLine(source: string, text: string): string {
  return `<outside source="${attribute(source)}">${inLine(text)}</outside>`;
}

/**
 * Escapes the names of our elements. Unescaped, a text could close its own element and pose as somebody else's message.
 */
export function fenced(text: string): string {
  // The pattern allows other characters between the bracket and the name, because a model may ignore invisible ones.
  return text.replace(
    /<(?=[^<\p{L}\p{N}]*(message|outside|context|member|date|budget|assignment|question|answer|changed|stopped|woken|verdicts)\b)/giu,
    '&lt;',
  );
}

/** Joins the lines of a text and escapes it, so that the text cannot begin a line of its own. */
export function inLine(text: string): string {
  return fenced(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
}

export function attribute(text: string): string {
  return inLine(text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'));
}

/**
 * Returns the value of a name attribute; the caller closes the last quote. A self-chosen name gets an attribute of its
 * own, because it proves nothing.
 */
export function named(name: string, alias: string | undefined): string {
  if (!alias) return attribute(name);
  return `${attribute(alias)}" calls-themselves="${attribute(head(name, LONGEST_NAME))}`;
}

const LONGEST_NAME = 60;

/** Returns the attribute `zone`; empty if it is the zone of the context. */
export function otherZone(zone: string | undefined, here: string): string {
  return zone && zone !== here ? ` zone="${attribute(zone)}"` : '';
}

/** Returns the result of an action in which each text from outside is marked as data. */
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

/** Returns the name of the label's source, for the attribute `source`. */
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
