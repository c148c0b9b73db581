// A mail counts once in a pod: a copy that came another way carries other traces, and is the same mail all the same.
import { Conflict } from '../errors.ts';
import { mailKey } from '../pods/place.ts';
import type { MessageDoc } from '../pods/views/message.ts';
import type { Arrived, MailContext } from './mail-context.ts';
import { originOf } from './mail-origin.ts';

/** Does the work unless the pod has this mail by this author; whoever was faster is no error. */
export async function once(
  mail: MailContext,
  arrived: Arrived,
  { pod, by }: { pod: string; by: string },
  work: () => Promise<void>,
): Promise<void> {
  const before = await standing(mail, arrived, pod, by);
  if (before) return known(mail, arrived, before);
  try {
    await work();
  } catch (error) {
    const stands = error instanceof Conflict ? await standing(mail, arrived, pod, by) : undefined;
    if (!stands) throw error;
    await known(mail, arrived, stands);
  }
}

/** The pod keeps one copy: of another, which no message names, no erasure would know. */
async function known({ blobs, log }: MailContext, { hash }: Arrived, { pod, raw }: MessageDoc): Promise<void> {
  log('mail known already', { pod });
  if (raw !== hash) await blobs.remove(pod, hash);
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
