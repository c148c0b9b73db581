// Decides whether a task that is given to an agent joins the post of another one, or opens a post that others may join.
import type { Reader } from '../../../log/action.ts';
import type { AgentId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import type { LineReason } from '../../conversations/lines/line.ts';
import { MESSAGES } from '../../conversations/message.ts';
import type { Change } from '../../kinds.ts';
import { type Batch, batchFor, MOST_TOGETHER } from './batch.ts';

/**
 * Returns the batch that the task joins; undefined if it gets a post of its own. A task without a conversation joins
 * those of its agent; one that came up in a conversation joins those that came up there.
 */
export async function openBatch(
  read: Reader,
  { actor, at, via, podDoc }: Pick<Ctx, 'actor' | 'at' | 'via' | 'podDoc'>,
  { to, conversation, why }: { to: AgentId; conversation: string | undefined; why: LineReason },
): Promise<Batch | undefined> {
  // The mail door tells in its own words of a task that is given by mail.
  const batch = via === 'email' ? undefined : batchFor(podDoc?.given, { by: actor, to, conversation, at, why });
  const message = batch && (await read.get(MESSAGES, batch.message));
  if (!message || message.erased || 1 + (message.cards?.length ?? 0) >= MOST_TOGETHER) return undefined;
  return batch;
}

/** Returns the change by which the task joins the post, or by which its own post is open for others. Pure. */
export function shareCard(
  ctx: Pick<Ctx, 'pod' | 'actor' | 'via' | 'podDoc'>,
  {
    joins,
    task,
    message,
    conversation,
    doc,
    to,
    why,
  }: {
    joins: Batch | undefined;
    task: string;
    message: string;
    conversation: string;
    /** Absent if the conversation is opened for the task. */
    doc: ConversationDoc | undefined;
    to: AgentId;
    why: LineReason;
  },
): Change[] {
  if (joins) return [{ v: 1, on: 'messages', id: joins.message, type: 'task_joined', task }];
  const { kind } = doc?.place ?? ctx.podDoc?.place ?? { kind: 'none' };
  if (ctx.via === 'email' || kind !== 'slack') return [];
  return [
    {
      ...{ v: 1, on: 'pods', id: ctx.pod, type: 'tasks_given' },
      ...{ message, conversation, by: ctx.actor, ...(doc ? {} : { to }), ...(why === 'given' ? {} : { why }) },
    },
  ];
}
