// Finds the start of a forwarded mail with email-forward-parser, which knows the phrases of many programs. Runs in the
// reader process.
import EmailForwardParser from 'email-forward-parser';
import type { Mail, Witness } from '../mail.ts';

/**
 * The most characters that the library gets. It takes quadratic time for runs of spaces or brackets, so these are
 * removed too.
 */
const MOST_CHARS = 8_000;
const MOST_LINE = 300;
const MOST_RUN = 40;

const labelled = /^[>\s*]{0,10}\p{L}[\p{L}\p{M}'’-]{0,20}(?: [\p{L}\p{M}'’-]{1,20}){0,3}\s?[:\uff1a]/gmu;

/**
 * True if the text may contain a forwarded mail that the library would find: it has an address and lines that begin
 * with a label.
 */
export function mayForward({ text }: Pick<Mail, 'text'>): boolean {
  return text.includes('@') && (text.slice(0, MOST_CHARS).match(labelled)?.length ?? 0) >= 2;
}

/**
 * Returns the start of a forwarded mail. Undefined if the library finds none with an author. If `subject` marks the
 * mail as a forward, the library searches harder.
 */
export function forwardWitness({ text, subject }: Pick<Mail, 'text' | 'subject'>): Witness | undefined {
  if (!mayForward({ text })) return undefined;
  const parser = new EmailForwardParser();
  const readable = bounded(text);
  const found = [parser.read(readable, subject), parser.read(readable)].find(
    ({ forwarded, email }) => forwarded && email.from.address && email.body,
  );
  if (!found) return undefined;
  const { message, email } = found;
  const { address, name } = email.from;
  return {
    above: message ?? '',
    from: name ? `${name} <${address}>` : `${address}`,
    ...(email.date ? { date: email.date } : {}),
    ...(email.subject ? { subject: email.subject } : {}),
  };
}

function bounded(text: string): string {
  return text
    .slice(0, MOST_CHARS)
    .split('\n')
    .map((line) =>
      line
        .slice(0, MOST_LINE)
        .replace(/[^\S\n]+/g, ' ')
        .trimEnd(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(new RegExp(`([<>[\\](){}"'.,;:*_=-])\\1{${MOST_RUN},}`, 'g'), (run) => run.slice(0, MOST_RUN));
}
