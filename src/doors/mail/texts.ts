// What of a mail's words enters a pod: so much and no more, and a forwarded mail with its head. Pure.
import type { Mail } from '../../email/mail.ts';
import type { Forwarded } from '../../email/quotes/split-mail.ts';

const MOST_NOTES = 20;
/** A message takes 100,000 characters; some are for what Skein adds. */
export const TEXT_CHARS = 80_000;
export const OUTSIDE_CHARS = 60_000;

/** Says so where something is left out; the mail itself is kept whole. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half a surrogate pair is no text.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n\n_(${text.length - kept.length} more characters stand in the mail itself.)_`;
}

/** What the reading of a mail, and of those inside it, has to say. */
export function notesOf({ notes = [], forwarded }: Pick<Mail, 'notes' | 'forwarded'>): string[] {
  return [...new Set([...notes, ...forwarded.flatMap(notesOf)])].slice(0, MOST_NOTES);
}

export function forwardedText({ from, date, to, subject, text }: Forwarded): string {
  const head = [from && `From: ${from}`, date && `Date: ${date}`, to && `To: ${to}`, subject && `Subject: ${subject}`];
  return [...head.filter(Boolean), '', text].join('\n').trim();
}

/** Mails one below the other; undefined where there are none. */
export function forwardedTexts(mails: readonly Forwarded[]): string | undefined {
  return mails.length ? mails.map(forwardedText).join('\n\n---\n\n') : undefined;
}
