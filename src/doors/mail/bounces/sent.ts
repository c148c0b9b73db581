// Finds the delivery that a Message-ID of ours belongs to.

import { type OwnId, parseId } from '../../../email/thread.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { deliveriesOf } from '../../../pods/deliveries.ts';
import type { MailContext } from '../context.ts';

export type SentMail = DeliveryOf<'mail'>;

/** Returns the delivery with this Message-ID. Undefined if Skein did not send it, even if the id has our form. */
export async function sentAs({ read, home }: MailContext, messageId: string): Promise<SentMail | undefined> {
  const own = parseId(messageId, home.domain);
  const [seq, at] = own ? positionOf(own) : [];
  if (!own || seq === undefined || at === undefined) return undefined;
  const [commit] = await read.commits(own.pod, seq, seq);
  const delivery = commit && deliveriesOf(commit)[at];
  return delivery?.kind === 'mail' && delivery.conversation === own.thread ? delivery : undefined;
}

function positionOf({ n }: OwnId): number[] {
  // A mail that gathered several messages may have a third number.
  return /^\d{1,15}-\d{1,9}(?:-\d{1,3})?$/.test(n) ? n.split('-').map(Number) : [];
}
