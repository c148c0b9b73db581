// Extracts the one line that a mail consists of, as “waiting”: its subject if there is no text, or else its text. Pure.
import type { Mail } from '../mail.ts';
import { ownText } from './own-text.ts';
import { readSubject } from './subject.ts';

const MOST_CHARS = 200;

/** Undefined if the mail says more than one line, forwards something, or has a file. */
export function loneLine(mail: Mail): string | undefined {
  const { title, reply, forward } = readSubject(mail.subject);
  if (forward || mail.forwarded.length || mail.attachments.some(({ inline }) => !inline)) return undefined;
  const text = ownText(mail);
  const line = text || (reply ? '' : title.trim());
  if (!line || line.length > MOST_CHARS || line.includes('\n')) return undefined;
  return line
    .replace(/^[“"'`]+/, '')
    .replace(/[”"'`.!?]+$/, '')
    .trim();
}
