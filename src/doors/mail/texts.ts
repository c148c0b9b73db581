// Renders the text of a mail for a pod: truncated, and with the headers of forwarded mails. Pure.
import type { Mail } from '../../email/mail.ts';
import type { Forwarded } from '../../email/quotes/split-mail.ts';
import { readSubject } from '../../email/quotes/subject.ts';

const MOST_NOTES = 20;
const TITLE_CHARS = 300;
/** The limit of a mail's text. A message may have 100,000 characters; the rest is reserved for Skein's notes. */
export const TEXT_CHARS = 80_000;
export const OUTSIDE_CHARS = 60_000;

/** Truncates the text and adds a note about it. The mail itself is stored whole. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Removes half a surrogate pair at the end, which would be invalid text.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n\n_(${text.length - kept.length} more characters stand in the mail itself.)_`;
}

/** Returns the parser's notes about a mail and about the mails forwarded in it. */
export function notesOf({ notes = [], forwarded }: Pick<Mail, 'notes' | 'forwarded'>): string[] {
  return [...new Set([...notes, ...forwarded.flatMap(notesOf)])].slice(0, MOST_NOTES);
}

export function forwardedText({ from, date, to, subject, text }: Forwarded): string {
  const head = [from && `From: ${from}`, date && `Date: ${date}`, to && `To: ${to}`, subject && `Subject: ${subject}`];
  return [...head.filter(Boolean), '', text].join('\n').trim();
}

/** Joins the texts of the forwarded mails. Undefined for an empty list. */
export function forwardedTexts(mails: readonly Forwarded[]): string | undefined {
  return mails.length ? mails.map(forwardedText).join('\n\n---\n\n') : undefined;
}

/** Returns the title of what is made of a mail: its subject, or that of the mail in it. */
export function titleOf(subject: string, inner = ''): string {
  const title = readSubject(subject).title || readSubject(inner).title;
  return (
    title
      .slice(0, TITLE_CHARS)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim() || '(no subject)'
  );
}
