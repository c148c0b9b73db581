// Finds the pod, the conversation and the task for a reply to a notice, by the notice's open item.
import type { OwnId } from '../../../email/thread.ts';
import { NotFound } from '../../../errors.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { NEEDS, type NeedDoc } from '../../../pods/needs/need.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';

/**
 * Returns the destination of a reply to a notice about one item, whose thread is the item's id. Undefined for other
 * ids.
 */
export async function noticedBy(mail: MailContext, id: OwnId): Promise<Destination | undefined> {
  if (!id.thread.startsWith('n_')) return undefined;
  const need = await mail.read.get(NEEDS, id.thread);
  return need?.pod === id.pod ? destinationOf(mail, need) : undefined;
}

export async function destinationOf({ read }: MailContext, need: NeedDoc): Promise<Destination | undefined> {
  const task = need.about.on === 'tasks' ? await read.get(TASKS, need.about.id) : undefined;
  const there = task?.conversation ?? need.conversation;
  const [pod, conversation] = await Promise.all([
    read.get(PODS, need.pod),
    there ? read.get(CONVERSATIONS, there) : undefined,
  ]);
  return pod && { pod, need, ...(conversation ? { conversation } : {}) };
}

/**
 * Returns the conversation for a reply to a notice. If the notice is about a task without a conversation, makes one.
 * @throws NotFound if the item has no conversation and is no task, so that the reply never becomes a new task
 */
export async function conversationFor(
  mail: MailContext,
  arrived: Proved,
  { pod, conversation, need }: Destination,
): Promise<ConversationDoc | undefined> {
  if (conversation || !need) return conversation;
  if (need.about.on === 'tasks') {
    const { result } = await mail.act<{ conversation: string }>({
      ...{ pod: pod.id, actor: arrived.author.id as ParticipantId, via: 'email', action: 'open_task_conversation' },
      ...{ input: { task: need.about.id }, key: `conversation:${keyOf(arrived)}` },
    });
    const opened = await mail.read.get(CONVERSATIONS, result.conversation);
    if (opened) return opened;
  }
  throw new NotFound(mail.texts.fill('notice', 'no-conversation', { pod: pod.name }));
}
