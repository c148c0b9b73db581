// Did this very mail go out from here? The log knows each mail of a conversation by the ids in its Message-ID.

import { type OwnId, parseId } from '../../../email/thread.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { deliveriesOf } from '../../../pods/deliveries.ts';
import type { MailContext } from '../context.ts';

export type SentMail = DeliveryOf<'mail'>;

/** The delivery that a Message-ID of ours is of; undefined for one that only looks like ours. */
export async function sentAs({ read, home }: MailContext, messageId: string): Promise<SentMail | undefined> {
  const own = parseId(messageId, home.domain);
  const [seq, at] = own ? positionOf(own) : [];
  if (!own || seq === undefined || at === undefined) return undefined;
  const [commit] = await read.commits(own.pod, seq, seq);
  const delivery = commit && deliveriesOf(commit)[at];
  return delivery?.kind === 'mail' && delivery.conversation === own.thread ? delivery : undefined;
}

function positionOf({ n }: OwnId): number[] {
  return /^\d{1,15}-\d{1,9}$/.test(n) ? n.split('-').map(Number) : [];
}
