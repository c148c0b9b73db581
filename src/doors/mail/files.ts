// What came attached to a mail, as files of the pod in a folder of that mail's own.

import type { Attachment, Mail } from '../../email/mail.ts';
import { NotAllowed } from '../../errors.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { Origin } from '../../log/place.ts';
import { MOST_BYTES, megabytes, plainName } from '../../pods/files/files.ts';
import { putOnce } from '../put-once.ts';
import type { MailContext } from './context.ts';

/** Smaller pictures inside a body are logos and signatures. */
const PICTURE_BYTES = 20_000;
const MOST_FILES = 50;
const FOLDER_CHARS = 60;

export interface Filing {
  pod: string;
  by: ParticipantId;
  title: string;
  /** Identifies the mail in the keys of the acts that it causes. */
  key: string;
  origin: Origin;
  /** When the mail came, in milliseconds since 1970. */
  at: number;
}

/** The names under which they stand now, and a sentence for each that can't. */
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
      // A guest puts no files, and may say something all the same.
      if (!(error instanceof NotAllowed)) throw error;
      left.push(`Its files were left out. ${error.message}`);
      return { names, left };
    }
  }
  if (all.length > MOST_FILES) left.push(`${all.length - MOST_FILES} more files were left out.`);
  return { names, left };
}

/** Also those of mails inside it. */
function attachmentsOf(read: Mail): Attachment[] {
  const own = read.attachments.filter(
    ({ inline, mime, size }) => !(inline && /^image\//.test(mime) && size < PICTURE_BYTES),
  );
  return [...own, ...read.forwarded.flatMap(attachmentsOf)];
}

/** `mail/2026-11-21 Order 400 boxes`: the day it was written, or came. */
function folderOf(date: string | undefined, now: number, title: string): string {
  const day = new Date(date ?? now).toISOString().slice(0, 10);
  return `mail/${day} ${
    plainName(title)
      .slice(0, FOLDER_CHARS)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim() || 'mail'
  }`;
}

/** Two attachments of one name are two files. */
function unused(name: string, taken: readonly string[], folder: string): string {
  for (let n = 1; ; n++) {
    const next = n === 1 ? name : name.replace(/(\.[^.]*)?$/, ` (${n})$1`);
    if (!taken.includes(`${folder}/${next}`)) return next;
  }
}
