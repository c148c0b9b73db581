// Finds the pod, the conversation and the task for a reply to a notice, by the notice's open item.
import type { OwnId } from '../../../email/thread.ts';
import { NotFound } from '../../../errors.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { NEEDS } from '../../../pods/needs/need.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import { destinationOf, openConversation } from '../../notices/destination.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';

/**
 * Returns the destination of a reply to a notice about one item, whose thread is the item's id. Undefined for other
 * ids.
 */
export async function noticedBy(mail: MailContext, id: OwnId): Promise<Destination | undefined> {
  if (!id.thread.startsWith('n_')) return undefined;
  const need = await mail.read.get(NEEDS, id.thread);
  return need?.pod === id.pod ? destinationOf(mail.read, need) : undefined;
}

/** Returns the destination of a reply about a task that has no open item. */
export async function destinationOfTask({ read }: MailContext, task: TaskDoc): Promise<Destination | undefined> {
  const [pod, conversation] = await Promise.all([
    read.get(PODS, task.pod),
    task.conversation ? read.get(CONVERSATIONS, task.conversation) : undefined,
  ]);
  return pod && { pod, task: task.id, ...(conversation ? { conversation } : {}) };
}

/**
 * Returns the conversation for a reply to a notice. If the notice is about a task without a conversation, makes one.
 * @throws NotFound if the item has no conversation and is no task, so that the reply never becomes a new task
 */
export async function conversationFor(
  mail: MailContext,
  arrived: Proved,
  { pod, conversation, need, task }: Destination,
): Promise<ConversationDoc | undefined> {
  if (conversation || !(need || task)) return conversation;
  if (task) {
    const by = { by: arrived.author.id, via: 'email', key: keyOf(arrived) } as const;
    const opened = await openConversation(mail, { pod: pod.id, task }, by);
    if (opened) return opened;
  }
  throw new NotFound(mail.texts.fill('notice', 'no-conversation', { pod: pod.name }));
}
