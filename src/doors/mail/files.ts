// Stores the attachments of a mail as files of the pod, in one folder per mail.

import type { Attachment, Mail } from '../../email/mail.ts';
import { NotAllowed } from '../../errors.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { Origin } from '../../log/place.ts';
import { MOST_BYTES, megabytes, plainName } from '../../pods/files/files.ts';
import { putOnce } from '../put-once.ts';
import type { MailContext } from './context.ts';

/** An inline picture that is smaller than this counts as a logo or signature and is not stored. */
const PICTURE_BYTES = 20_000;
const MOST_FILES = 50;
const FOLDER_CHARS = 60;

export interface Filing {
  pod: string;
  by: ParticipantId;
  title: string;
  /** Identifies the mail in the idempotency keys of the acts that it causes. */
  key: string;
  origin: Origin;
  /** Time of arrival, in milliseconds since 1970. */
  at: number;
}

/**
 * Stores the attachments. Returns the names of the stored files, and a sentence for each attachment that could not be
 * stored.
 */
export async function takeFiles(
  mail: MailContext,
  read: Mail,
  { pod, by, title, key, origin, at }: Filing,
): Promise<{ names: string[]; left: string[] }> {
  const all = attachmentsOf(read);
  const folder = folderOf(read.date, at, title);
  const [names, left]: [string[], string[]] = [[], []];
  for (const [n, { name, content, size }] of all.slice(0, MOST_FILES).entries()) {
    if (size > MOST_BYTES) {
      left.push(`${name} has ${megabytes(size)}, more than the ${megabytes(MOST_BYTES)} that fit.`);
      continue;
    }
    const path = `${folder}/${unused(plainName(name) || `file-${n + 1}`, names, folder)}`;
    try {
      await putOnce(mail, { pod, by, via: 'email', name: path, content, key: `${key}:file:${n}`, origin });
      names.push(path);
    } catch (error) {
      // Guests may not store files, but the text of their mail is still accepted.
      if (!(error instanceof NotAllowed)) throw error;
      left.push(`Its files were left out. ${error.message}`);
      return { names, left };
    }
  }
  if (all.length > MOST_FILES) left.push(`${all.length - MOST_FILES} more files were left out.`);
  return { names, left };
}

/** Returns the attachments of the mail and of the mails forwarded in it. */
function attachmentsOf(read: Mail): Attachment[] {
  const own = read.attachments.filter(
    ({ inline, mime, size }) => !(inline && /^image\//.test(mime) && size < PICTURE_BYTES),
  );
  return [...own, ...read.forwarded.flatMap(attachmentsOf)];
}

/**
 * Returns the folder's name, as `mail/2026-11-21 Order 400 boxes`. The date is that of the mail, or else of its
 * arrival.
 */
function folderOf(date: string | undefined, now: number, title: string): string {
  const day = new Date(date ?? now).toISOString().slice(0, 10);
  return `mail/${day} ${
    plainName(title)
      .slice(0, FOLDER_CHARS)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim() || 'mail'
  }`;
}

/** Makes the name unique, so that two attachments with one name become two files. */
function unused(name: string, taken: readonly string[], folder: string): string {
  for (let n = 1; ; n++) {
    const next = n === 1 ? name : name.replace(/(\.[^.]*)?$/, ` (${n})$1`);
    if (!taken.includes(`${folder}/${next}`)) return next;
  }
}
