// The words of a stranger's mail: all of them are text from outside, the subject too. Pure.
import type { Mail } from '../../../email/mail.ts';
import { invitesIn } from '../../../email/parse/calendar.ts';
import { fingerprintsOf } from '../../../email/quotes/fingerprints.ts';
import type { Forwarded } from '../../../email/quotes/split-mail.ts';
import { trimReply } from '../../../email/quotes/trim-reply.ts';
import { forwardedTexts, titleOf } from '../texts.ts';

export interface StrangersWords {
  title: string;
  text: '';
  outside: string;
  /** Fingerprints of what was written in it. */
  sources: string[];
  outsideTitle: true;
}

export function strangersWords(read: Mail, pod: string): StrangersWords {
  const said = outsideFrom(read, trimReply(read).original);
  return {
    title: titleOf(read.subject, read.forwarded[0]?.subject),
    text: '',
    outside: forwardedTexts([said, ...invitesIn(read)]) ?? '',
    sources: fingerprintsOf({ ...read, forwarded: [read, ...read.forwarded] }, [said], pod),
    outsideTitle: true,
  };
}

/** Returns the text with the head of its mail: who wrote it stands in its first line. */
export function outsideFrom({ from, subject, date }: Mail, text: string): Forwarded {
  return {
    from: from.kind === 'mailbox' ? `${from.name} <${from.address}>`.trim() : 'unknown',
    subject,
    ...(date ? { date: writtenOn(date) } : {}),
    text,
  };
}

/** Formats the date as mail programs write it. */
function writtenOn(date: string): string {
  return new Date(date).toUTCString();
}
