// Makes fingerprints of what others wrote in a mail. Two people who forward one mail send the same ones. Pure.
import { createHash } from 'node:crypto';
import type { Mail } from '../mail.ts';
import type { Forwarded } from './split-mail.ts';
import { readSubject } from './subject.ts';

/** The most fingerprints of one mail. */
const MOST = 20;
/** A shorter text may be the same by chance. In letters and digits. */
const LEAST_CHARS = 80;

/** `pod`: the fingerprints of one text differ from pod to pod. */
export function fingerprintsOf(
  { subject, forwarded, inReplyTo }: Pick<Mail, 'subject' | 'forwarded' | 'inReplyTo'>,
  outside: readonly Pick<Forwarded, 'text'>[],
  pod: string,
): string[] {
  // Mail programs name the forwarded mail as if it was answered.
  const named = readSubject(subject).forward && inReplyTo.length === 1 ? inReplyTo : [];
  const ids = [...forwarded.flatMap(({ messageId }) => messageId ?? []), ...named];
  const texts = outside.map(({ text }) => bare(text)).filter((text) => text.length >= LEAST_CHARS);
  const all = [...ids.map((id) => `id:${id}`), ...texts.map((text) => `text:${text}`)];
  return [...new Set(all.map((one) => createHash('sha256').update(`${pod}:${one}`).digest('hex').slice(0, 32)))].slice(
    0,
    MOST,
  );
}

/** Mail programs break lines, quote and link in their own way. Letters and digits stay. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
