// A mail counts once in a pod: a copy that came another way carries other traces, and is the same mail all the same.
import { Conflict, Told } from '../errors.ts';
import { mailKey } from '../pods/place.ts';
import type { MessageDoc } from '../pods/views/message.ts';
import type { Arrived, MailContext } from './mail-context.ts';
import { originOf } from './mail-origin.ts';

/** Does the work unless the pod has this mail by this author; whoever was faster is no error. */
export async function once(
  mail: MailContext,
  arrived: Arrived,
  whose: Whose,
  work: () => Promise<void>,
): Promise<void> {
  if (await isKnown(mail, arrived, whose)) return;
  try {
    await work();
  } catch (error) {
    if (error instanceof Conflict && (await isKnown(mail, arrived, whose))) return;
    // Refused: a copy that no message names is out of reach for an erasure.
    if (error instanceof Told) await mail.blobs.remove(whose.pod, arrived.hash);
    throw error;
  }
}

export interface Whose {
  pod: string;
  by: string;
}

/** The pod keeps one copy of it: another, which no message names, is out of reach for an erasure. */
export async function isKnown(mail: MailContext, arrived: Arrived, { pod, by }: Whose): Promise<boolean> {
  const known = await standing(mail, arrived, pod, by);
  if (!known) return false;
  mail.log.info('mail known already', { pod });
  if (known.raw !== arrived.hash) await mail.blobs.remove(pod, arrived.hash);
  return true;
}

async function standing(
  { read }: MailContext,
  arrived: Arrived,
  pod: string,
  by: string,
): Promise<MessageDoc | undefined> {
  const places = mailKey(originOf(arrived).messageId);
  const messages = await read.find('messages', { where: { pod, places }, limit: 10 });
  return messages.find((message) => message.by === by);
}
