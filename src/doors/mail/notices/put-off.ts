// Puts off an open item until tomorrow, by “tomorrow” in a reply.
import { isTomorrow } from '../../../email/quotes/list-reply.ts';
import { ownText } from '../../../email/quotes/own-text.ts';
import { InvalidInput } from '../../../errors.ts';
import { enter } from '../../enter.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';

/** @throws InvalidInput for a task that is no open item, UserFacingError if it does not wait any more */
export async function putOffUntilTomorrow(mail: MailContext, arrived: Proved, item: string | undefined): Promise<[]> {
  if (!item)
    throw new InvalidInput('You gave yourself this task, and nobody reminds you of it, so it can’t be put off.');
  const input = { item, until: 'tomorrow' };
  await enter(mail, {
    ...{ as: arrived.author, via: 'email', action: 'snooze_item', input },
    key: `tomorrow:${keyOf(arrived)}:${item}`,
  });
  return [];
}

/** Returns false if the mail does not answer a notice about one thing with nothing but “tomorrow”. */
export async function putOffByReply(mail: MailContext, arrived: Proved, { need }: Destination): Promise<boolean> {
  if (!need || !isTomorrow(ownText(arrived.mail))) return false;
  await putOffUntilTomorrow(mail, arrived, need.id);
  return true;
}
