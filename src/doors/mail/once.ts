// Deduplicates mails within a pod. Servers add headers, so copies of one mail differ.
import { Conflict, UserFacingError } from '../../errors.ts';
import { mailKey } from '../../log/place.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import type { Arrived, MailContext } from './context.ts';
import { contentOf, hasContentHash, keyOf, originOf } from './origin.ts';

/**
 * Does the work. Ignores a Conflict if the pod already has the mail, for example because another process was faster.
 */
export async function once(
  mail: MailContext,
  arrived: Arrived,
  whose: Whose,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Conflict && (await isKnown(mail, arrived, whose))) return;
    // Removes the stored mail after a refusal. No message refers to it, so an erasure could not find it.
    if (error instanceof UserFacingError) await mail.blobs.remove(whose.pod, arrived.hash);
    throw error;
  }
}

export interface Whose {
  pod: string;
  by: string;
  /** True if the mail came through a mailing list. Lists change the content, so only the Message-ID is compared. */
  listed?: boolean;
}

/**
 * True if the pod has the mail already. Deletes the second copy, because no message refers to it and an erasure could
 * not find it.
 */
export async function isKnown(mail: MailContext, arrived: Arrived, whose: Whose): Promise<boolean> {
  const known = await messageOnLog(mail, arrived, whose);
  if (!known) return false;
  mail.logger.info('mail is known', { pod: whose.pod });
  if (known.raw !== arrived.hash) await mail.blobs.remove(whose.pod, arrived.hash);
  return true;
}

/** The most mails with one Message-ID that are compared. Scanners repeat an id, but send fewer mails to one pod. */
const MOST_ALIKE = 200;

async function messageOnLog(mail: MailContext, arrived: Arrived, whose: Whose): Promise<MessageDoc | undefined> {
  const { pod, by, listed } = whose;
  const places = mailKey(originOf(arrived).messageId);
  const alike = await mail.read.find(MESSAGES, { where: { pod, places }, limit: MOST_ALIKE });
  const theirs = alike.filter((message) => message.by === by);
  if (listed) return theirs[0];
  const same = await Promise.all(theirs.map((message) => isSame(mail, arrived, message)));
  return theirs.find((_, n) => same[n]);
}

/** True if both are the same mail. If the stored mail was erased, only its key is compared. */
async function isSame(mail: MailContext, arrived: Arrived, { pod, posted, raw }: MessageDoc): Promise<boolean> {
  const [commit] = await mail.read.commits(pod, posted, posted);
  const key = commit?.key ?? '';
  if (key === keyOf(arrived)) return true;
  const stored = raw === undefined ? undefined : await mail.read.blob(pod, raw);
  if (!stored) return !hasContentHash(key);
  // Compares the original mails, because the trusted parts of a copy depend on the servers that it passed.
  const [first, second] = [await mail.reader.read(stored), await mail.reader.read(arrived.raw)];
  return first.kind !== 'mail' || second.kind !== 'mail' || contentOf(first) === contentOf(second);
}
