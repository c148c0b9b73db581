// Finds where words about an open item belong: its pod, its task and its conversation. A task without a conversation gets
// one.
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { Via } from '../../log/commit.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { type NeedDoc, taskOfItem } from '../../pods/needs/need.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import { TASKS } from '../../pods/tasks/task.ts';

export interface OfItem {
  pod: PodDoc;
  need: NeedDoc;
  /** The id of the task that the item is about. */
  task?: string;
  conversation?: ConversationDoc;
}

export async function destinationOf(read: Reader, need: NeedDoc): Promise<OfItem | undefined> {
  const about = taskOfItem(need);
  const task = about ? await read.get(TASKS, about) : undefined;
  const there = task?.conversation ?? need.conversation;
  const [pod, conversation] = await Promise.all([
    read.get(PODS, need.pod),
    there ? read.get(CONVERSATIONS, there) : undefined,
  ]);
  return pod && { pod, need, ...(about ? { task: about } : {}), ...(conversation ? { conversation } : {}) };
}

/** Opens the conversation of a task that has none, in the name of whoever writes there. */
export async function openConversation(
  { act, read }: { act: Act; read: Reader },
  { pod, task }: { pod: string; task: string },
  { by, via, key }: { by: string; via: Via; key: string },
): Promise<ConversationDoc | undefined> {
  const { result } = await act<{ conversation: string }>({
    ...{ pod, actor: by as ParticipantId, via, action: 'open_task_conversation', input: { task } },
    key: `conversation:${key}:${task}`,
  });
  return read.get(CONVERSATIONS, result.conversation);
}
