// Finds whose list of waiting things is meant, and of which pods. Pure.
import { NotAllowed } from '../../../errors.ts';
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { askersOf } from '../../members/rights.ts';

/**
 * Returns the pods that an agent may list. In a pod it may list only this pod, because the readers there may not know
 * the others.
 */
export function within({ actor, podDoc }: Ctx): { within?: ReadonlySet<string> } {
  if (!isAgent(actor) || !podDoc || podDoc.direct) return {};
  return { within: new Set([podDoc.id]) };
}

export function whose(ctx: Ctx): ParticipantId {
  const [person, other] = askersOf(ctx);
  if (other)
    throw new NotAllowed(
      'What waits is one person’s own, and you act on the words of several. Answer that; then ask again whoever wants it.',
    );
  return person ?? ctx.actor;
}
