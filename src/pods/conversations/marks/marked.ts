// Adds the mark to a person's Slack message that wakes agents. Pure.
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { MessageDoc } from '../message.ts';

interface Calling {
  id: string;
  conversation: string;
  named: readonly ParticipantId[];
  /** True if a person wrote the message in Slack. */
  shown: boolean;
}

/** Returns the deliveries of a message. If it wakes agents, and a person wrote it in Slack, it also gets a mark. */
export function marked(
  { podDoc }: Pick<Ctx, 'podDoc'>,
  { id: message, conversation, named, shown }: Calling,
  deliveries: readonly DeliveryWish[],
): DeliveryWish[] {
  if (!shown) return [...deliveries];
  const all = deliveries.map((one) =>
    one.kind === 'wake' && one.because === message ? { ...one, marked: true as const } : one,
  );
  const agents = [...new Set(all.flatMap((one) => ('marked' in one ? [one.agent] : [])))];
  if (!agents.length) return all;
  const called = agents.filter((agent) => podDoc?.direct || named.includes(agent));
  return [{ kind: 'mark', conversation, message, agents, ...(called.length ? { called } : {}) }, ...all];
}

/** True if a person writes the message in Slack now. */
export function isWrittenInSlack({ actor, origin }: Pick<Ctx, 'actor' | 'origin'>): boolean {
  return isPerson(actor) && origin?.kind === 'slack' && Boolean(origin.ts);
}

/** True if a person wrote the message in Slack, wherever it is edited now. */
export function wasWrittenInSlack({ by, ours, places }: Pick<MessageDoc, 'by' | 'ours' | 'places'>): boolean {
  return isPerson(by) && !ours && places.some((place) => place.startsWith('slack:'));
}
