// report_failure (Skein's own): posts a notice that an agent failed, or that its work waits. It is no message of the
// conversation: who spoke last, the hops and the followers stay as they were. It wakes nobody, and is for whoever asked.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import { MESSAGES } from '../conversations/message.ts';
import { newMessage } from '../conversations/new-message.ts';
import { messageText } from '../conversations/post-message.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { conversationNamed } from '../require.ts';

export const reportFailure = action({
  name: 'report_failure',
  title: 'Report a failure',
  description: 'Says in a conversation that a run failed; whoever reads it can let the agent try once more.',
  input: z.strictObject({
    conversation: z.string(),
    text: messageText,
    /** The message that set the agent to work. */
    because: z.string().optional(),
    /** Set if the work only waits: Skein tries again by itself. */
    waits: z.literal(true).optional(),
  }),
  effect: 'write',
  internal: true,
  async load(read, { conversation, because }, ctx) {
    const doc = await conversationNamed(read, ctx.pod, conversation);
    return { doc, asker: await askerOf(read, ctx, because) };
  },
  allow: (_view, _input, ctx) => isAgent(ctx.actor) || 'Only an agent tells that its run failed.',
  decide({ doc, asker }, { text, waits }, ctx) {
    const message = ctx.id('m');
    const calls = asker && !waits && isElsewhere(ctx, doc, asker) ? asker : undefined;
    // The message calls nobody else, even if the reason contains names.
    const known = new Map<string, ParticipantId>(
      calls ? [[calls.handle.toLowerCase(), calls.id as ParticipantId]] : [],
    );
    const words = calls ? `@${calls.handle} ${text}` : text;
    const added = newMessage(ctx, { id: doc.id, doc }, { message, text: words, known, at: ctx.at });
    return {
      changes: [...added.changes.map((one) => asNotice(one, waits)), ...(waits ? [] : [runOver(ctx, doc)])],
      deliveries: added.deliveries.flatMap((one) => forAsker(one, asker)),
      result: { message: { id: message, conversation: doc.id } },
    };
  },
});

/** Returns the person for whom the run worked, if they are still in the pod. */
async function askerOf(read: Reader, ctx: Ctx, because: string | undefined): Promise<PersonDoc | undefined> {
  const message = because ? await read.get(MESSAGES, because) : undefined;
  const who = [ctx.onBehalfOf, message?.by, message?.onBehalfOf].find(isPerson);
  if (!who) return undefined;
  const [person, member] = await Promise.all([read.get(PEOPLE, who), read.get(MEMBERS, memberId(ctx.pod, who))]);
  return member?.state === 'in' ? person : undefined;
}

/** True if the person has not written here, so that Slack does not tell them of what is posted in the thread. */
function isElsewhere({ podDoc }: Ctx, { people }: ConversationDoc, { id }: PersonDoc): boolean {
  return !podDoc?.direct && !people.some((one) => one === id);
}

function runOver({ actor }: Ctx, { id }: ConversationDoc): Change {
  return { v: 1, on: 'conversations', id, type: 'run_ended', agent: actor as AgentId };
}

function asNotice(change: Change, waits: true | undefined): Change {
  if (change.type === 'message_posted') return { ...change, notice: true, ...(waits ? {} : { failed: true }) };
  if (change.type !== 'message_added') return change;
  const { asks: _asks, ...added } = change;
  return { ...added, addressed: [], aside: true };
}

/** Leaves out the mails to others who follow the conversation: the notice is for whoever asked. */
function forAsker(wish: DeliveryWish, asker: PersonDoc | undefined): DeliveryWish[] {
  if (wish.kind !== 'mail') return wish.kind === 'wake' || wish.kind === 'halt' ? [] : [wish];
  const to = wish.to.filter((one) => one === asker?.id);
  return to.length ? [{ ...wish, to }] : [];
}
