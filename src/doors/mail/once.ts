// A mail counts once in a pod: a copy that came another way carries other traces, and is the same mail all the same.
import { Conflict, UserFacingError } from '../../errors.ts';
import { mailKey } from '../../log/place.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import type { Arrived, MailContext } from './context.ts';
import { contentOf, keyOf, originOf, tellsContent } from './origin.ts';

/** Does the work for a mail that the pod does not know (isKnown); whoever was faster meanwhile is no error. */
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
    // Refused: a copy that no message names is out of reach for an erasure.
    if (error instanceof UserFacingError) await mail.blobs.remove(whose.pod, arrived.hash);
    throw error;
  }
}

export interface Whose {
  pod: string;
  by: string;
  /** It came through a list, which adds to a mail what it likes: its id has to do. */
  listed?: boolean;
}

/** The pod keeps one copy of it: another, which no message names, is out of reach for an erasure. */
export async function isKnown(mail: MailContext, arrived: Arrived, whose: Whose): Promise<boolean> {
  const known = await messageOnLog(mail, arrived, whose);
  if (!known) return false;
  mail.logger.info('mail known already', { pod: whose.pod });
  if (known.raw !== arrived.hash) await mail.blobs.remove(whose.pod, arrived.hash);
  return true;
}

/** More of one id than any scanner gives to its mails in a pod. */
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

/** An erased message has only its key left to compare. */
async function isSame(mail: MailContext, arrived: Arrived, { pod, posted, raw }: MessageDoc): Promise<boolean> {
  const [commit] = await mail.read.commits(pod, posted, posted);
  const key = commit?.key ?? '';
  if (key === keyOf(arrived)) return true;
  const stored = raw === undefined ? undefined : await mail.read.blob(pod, raw);
  if (!stored) return !tellsContent(key);
  // Both as they came: what is trusted of a mail depends on the way of its copy.
  const [first, second] = [await mail.reader.read(stored), await mail.reader.read(arrived.raw)];
  return first.kind !== 'mail' || second.kind !== 'mail' || contentOf(first) === contentOf(second);
}
