// Adds the mark to a person's Slack message that wakes agents. Pure.
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';

/** Returns the deliveries of a message. If it wakes agents, and a person wrote it in Slack, it also gets a mark. */
export function marked(
  { actor, origin, podDoc }: Pick<Ctx, 'actor' | 'origin' | 'podDoc'>,
  { id: message, conversation, named }: { id: string; conversation: string; named: readonly ParticipantId[] },
  deliveries: readonly DeliveryWish[],
): DeliveryWish[] {
  if (!isPerson(actor) || origin?.kind !== 'slack' || !origin.ts) return [...deliveries];
  const all = deliveries.map((one) =>
    one.kind === 'wake' && one.because === message ? { ...one, marked: true as const } : one,
  );
  const agents = [...new Set(all.flatMap((one) => ('marked' in one ? [one.agent] : [])))];
  if (!agents.length) return all;
  const called = agents.filter((agent) => podDoc?.direct || named.includes(agent));
  return [{ kind: 'mark', conversation, message, agents, ...(called.length ? { called } : {}) }, ...all];
}
