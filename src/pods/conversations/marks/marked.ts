// Adds the mark to a person's Slack message that wakes agents. Pure.
import { type AgentId, isPerson, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { MessageDoc } from '../message.ts';

interface Calling {
  id: string;
  conversation: string;
  named: readonly ParticipantId[];
  /** True if a person wrote the message in Slack. */
  shown: boolean;
  /** The agents at work that hear it at their next turn. */
  hears?: readonly AgentId[];
}

/** Returns the deliveries of a message. If agents are woken by it or hear it, and a person wrote it in Slack, it gets a mark. */
export function marked(
  { podDoc }: Pick<Ctx, 'podDoc'>,
  { id: message, conversation, named, shown, hears = [] }: Calling,
  deliveries: readonly DeliveryWish[],
): DeliveryWish[] {
  if (!shown) return [...deliveries];
  const all = deliveries.map((one) =>
    one.kind === 'wake' && one.because === message ? { ...one, marked: true as const } : one,
  );
  const woken = all.flatMap((one) => ('marked' in one ? [one.agent] : []));
  const agents = [...new Set([...woken, ...hears])];
  if (!agents.length) return all;
  const called = agents.filter((agent) => podDoc?.direct || named.includes(agent));
  const heard = hears.filter((one) => !woken.includes(one));
  return [
    {
      kind: 'mark',
      conversation,
      message,
      agents,
      ...(called.length ? { called } : {}),
      ...(heard.length ? { heard } : {}),
    },
    ...all,
  ];
}

/** True if a person writes the message in Slack now. */
export function isWrittenInSlack({ actor, origin }: Pick<Ctx, 'actor' | 'origin'>): boolean {
  return isPerson(actor) && origin?.kind === 'slack' && Boolean(origin.ts);
}

/** True if a person wrote the message in Slack, wherever it is edited now. */
export function wasWrittenInSlack({ by, ours, places }: Pick<MessageDoc, 'by' | 'ours' | 'places'>): boolean {
  return isPerson(by) && !ours && places.some((place) => place.startsWith('slack:'));
}
