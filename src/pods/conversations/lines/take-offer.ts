// Takes an offer to bring an agent into the pod: the message that named the agent wakes it, and the agent works for the
// author of that message.
import { NotFound } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isAgent, isPerson, type Named } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { messageNamed } from '../../require.ts';
import type { MessageDoc } from '../message.ts';
import type { Offer } from './line.ts';

export interface Taken {
  line: MessageDoc & { offer: Offer };
  /** The message that names the agent. */
  message: MessageDoc;
  by: Named;
}

/** Returns the offer with the message that names the agents. @throws NotFound, also if a message was erased meanwhile */
export async function offerNamed(read: Reader, ctx: Ctx, id: string): Promise<Taken> {
  const line = await messageNamed(read, ctx.pod, id);
  const { offer } = line;
  if (!offer) throw new NotFound('That message offers nothing. Add the agent without it, and call it in the thread.');
  const [message, names] = await Promise.all([
    messageNamed(read, ctx.pod, offer.message),
    namesOfAll(read, [ctx.actor]),
  ]);
  return { line: { ...line, offer }, message, by: called(names, ctx.actor) };
}

/**
 * Pure. Returns the changes and deliveries of taking an offer; empty unless a person takes an open offer of this agent.
 */
export function takeOffer(
  ctx: Ctx,
  { line, message, by }: Taken,
  agent: Named,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const { offer, conversation } = line;
  if (!isPerson(ctx.actor) || !isAgent(agent.id) || !offer.agents.includes(agent.id))
    return { changes: [], deliveries: [] };
  const id = ctx.id('m');
  const author = [message.by, message.onBehalfOf].find(isPerson);
  return {
    changes: [
      // The agent works for the author of the message. It has only the rights that the author and the actor both have.
      {
        ...{ v: 1, on: 'messages', id, type: 'message_posted', conversation, by: 'skein' },
        ...(author ? { onBehalfOf: author } : {}),
        ...(author === ctx.actor ? {} : { heard: [ctx.actor] }),
        ...{ body: ctx.text(`${by.name} added ${agent.name} to this pod.`), at: ctx.at, places: [] },
      },
      { v: 1, on: 'conversations', id: conversation, type: 'work_given', agents: [agent.id], begins: true },
      // The button of this agent disappears. After the last agent the offer is over.
      { v: 1, on: 'messages', id: line.id, type: 'offer_taken', agent: agent.id },
    ],
    deliveries: [
      // The mail door says it in its own words.
      ...(ctx.via === 'email' ? [] : [{ kind: 'post' as const, conversation, message: id }]),
      ...(line.ours ? [{ kind: 'update' as const, conversation, message: line.id }] : []),
      { kind: 'wake', agent: agent.id, conversation, because: message.id },
    ],
  };
}
