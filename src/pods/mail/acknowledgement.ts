// The mail that tells the sender of a mail how it was understood.
import { isPerson } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';

export function acknowledgement({ actor }: Pick<Ctx, 'actor'>, conversation: string, message: string): DeliveryWish {
  return { kind: 'mail', about: 'acknowledgement', conversation, message, to: [actor].filter(isPerson) };
}
