// Renders the text of a mail for a pod: truncated, with the headers of forwarded mails. Pure.
import type { Mail } from '../../email/mail.ts';
import type { Forwarded } from '../../email/quotes/split-mail.ts';

const MOST_NOTES = 20;
/** The limit of a message is 100,000 characters. The rest is reserved for Skein's notes. */
export const TEXT_CHARS = 80_000;
export const OUTSIDE_CHARS = 60_000;

/** Truncates the text and says so. The mail itself is stored whole. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // A cut surrogate pair would be invalid text.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n\n_(${text.length - kept.length} more characters stand in the mail itself.)_`;
}

/** The parser's notes about a mail and the mails forwarded in it. */
export function notesOf({ notes = [], forwarded }: Pick<Mail, 'notes' | 'forwarded'>): string[] {
  return [...new Set([...notes, ...forwarded.flatMap(notesOf)])].slice(0, MOST_NOTES);
}

export function forwardedText({ from, date, to, subject, text }: Forwarded): string {
  const head = [from && `From: ${from}`, date && `Date: ${date}`, to && `To: ${to}`, subject && `Subject: ${subject}`];
  return [...head.filter(Boolean), '', text].join('\n').trim();
}

/** The mails one below the other; undefined for an empty list. */
export function forwardedTexts(mails: readonly Forwarded[]): string | undefined {
  return mails.length ? mails.map(forwardedText).join('\n\n---\n\n') : undefined;
}
