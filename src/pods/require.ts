// Loads what a decision needs. If it is missing, throws an error with the sentence for people.
import { Conflict, NotFound } from '../errors.ts';
import type { Reader } from '../log/action.ts';
import type { Ctx } from './action.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from './conversations/message.ts';
import type { PodDoc } from './pod/pod.ts';
import { TASKS, type TaskDoc } from './tasks/task.ts';

/** Returns the pod. @throws NotFound without a pod, Conflict if it is archived (unless `archived`) */
export function requirePod(ctx: Ctx, { archived = false } = {}): PodDoc {
  const { podDoc } = ctx;
  if (!podDoc) throw new NotFound(`There is no pod “${ctx.pod}”. list_pods shows yours; create_pod makes one.`);
  if (podDoc.state === 'archived' && !archived)
    throw new Conflict(
      `${podDoc.name} is archived, so nothing new is done in it. An owner can restore it with archive_pod and restore; in Slack that is /skein archive_pod --restore.`,
    );
  return podDoc;
}

/** Returns a task by `#3`, `3` or its id. @throws NotFound */
export async function taskNamed(read: Reader, pod: string, text: string): Promise<TaskDoc> {
  const number = /^#?(\d{1,9})$/.exec(text.trim())?.[1];
  const [task] = number
    ? await read.find(TASKS, { where: { pod, number: Number(number) }, limit: 1 })
    : [await read.get(TASKS, text.trim())];
  if (task && task.pod === pod && !task.erased) return task;
  throw new NotFound(`There is no task “${text}” in this pod. list_tasks shows them with their numbers.`);
}

/** Returns a conversation of the pod. @throws NotFound, also for a conversation of another pod */
export async function conversationNamed(read: Reader, pod: string, id: string): Promise<ConversationDoc> {
  const conversation = await read.get(CONVERSATIONS, id);
  if (conversation?.pod === pod) return conversation;
  throw new NotFound(
    `There is no conversation “${id}” in this pod. read_conversation with the id “all” lists the newest.`,
  );
}

/** Returns a message of the pod. @throws NotFound, also for an erased message or one of another pod */
export async function messageNamed(read: Reader, pod: string, id: string): Promise<MessageDoc> {
  const message = await read.get(MESSAGES, id);
  if (message?.pod === pod && !message.erased) return message;
  throw new NotFound(
    message?.pod === pod
      ? `The message “${id}” was erased.`
      : `There is no message “${id}” in this pod; read_conversation shows their ids.`,
  );
}

/** Returns a time for people and models, exact to the minute: `2026-11-21T10:32Z`. */
export function minute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}
