// Puts off an open item, by “tomorrow” or “later monday” in a reply.

import { ownText } from '../../../email/quotes/own-text.ts';
import { InvalidInput } from '../../../errors.ts';
import { enter } from '../../enter.ts';
import { laterIn } from '../../replies/list-reply.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';

/**
 * @throws InvalidInput for a task that is no open item and for a time that can't be read, UserFacingError if it does not
 * wait any more
 */
export async function putOffUntil(
  mail: MailContext,
  arrived: Proved,
  item: string | undefined,
  until: string,
): Promise<[]> {
  if (!item)
    throw new InvalidInput('You gave yourself this task, and nobody reminds you of it, so it can’t be put off.');
  const input = { item, until };
  await enter(mail, {
    ...{ as: arrived.author, via: 'email', action: 'snooze_item', input },
    key: `tomorrow:${keyOf(arrived)}:${item}`,
  });
  return [];
}

/** Returns false if the mail does not answer a notice about one thing with nothing but a time to put it off to. */
export async function putOffByReply(mail: MailContext, arrived: Proved, { need }: Destination): Promise<boolean> {
  const until = need && laterIn(ownText(arrived.mail));
  if (!until) return false;
  await putOffUntil(mail, arrived, need.id, until);
  return true;
}
