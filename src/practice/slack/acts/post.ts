// Posts, edits and deletes messages, for people and for the app.

import { given } from '../given.ts';
import { newUuid } from '../ids.ts';
import type { Change } from '../state/change.ts';
import { type Channel, type Message, threadKey } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';

/** A message without its ts and its author. */
export type Draft = Partial<Omit<Message, 'type' | 'ts' | 'user' | 'thread_ts' | 'parent_user_id'>> & {
  text: string;
  thread?: string | undefined;
};

/** Posts a message. `more`: changes to commit together with it, such as shared files or a new stream. */
export function post(
  workspace: Workspace,
  channel: Channel,
  author: Partial<Message>,
  { thread, ...draft }: Draft,
  more: (message: Message) => Change[] = () => [],
): Message {
  const parent = thread === undefined ? undefined : findMessage(workspace, channel.id, thread);
  const root = parent?.thread_ts ?? thread;
  const message = given({
    type: 'message' as const,
    ...author,
    ...draft,
    ts: workspace.nextTs(),
    thread_ts: root,
    parent_user_id: root === undefined ? undefined : findMessage(workspace, channel.id, root)?.user,
  }) as Message;
  workspace.commit([{ kind: 'posted', channel: channel.id, message }, ...more(message)]);
  return message;
}

/** Returns the author fields of a person's message. */
export const person = (user: string): Partial<Message> => ({ user, client_msg_id: newUuid() });

/** Returns the author fields of the app's message. If it has a custom name, Slack sets the subtype bot_message. */
export function appAuthor(
  { state }: Workspace,
  as: { username?: string | undefined; icons?: Message['icons'] | undefined },
): Partial<Message> {
  const app = { bot_id: state.app.botId, app_id: state.app.id };
  if (as.username === undefined && as.icons === undefined) return { ...app, user: state.app.botUserId };
  return { ...app, subtype: 'bot_message', username: as.username ?? state.app.name, ...given({ icons: as.icons }) };
}

/** Posts a message that Slack itself writes, such as “joined the channel”. */
export function note(workspace: Workspace, channel: Channel, user: string, subtype: string, text: string): void {
  post(workspace, channel, { user }, { subtype, text });
}

export function change(
  workspace: Workspace,
  channel: string,
  message: Message,
  patch: Partial<Message>,
  by: string,
): Message {
  const eventTs = workspace.nextTs();
  const changed = { ...message, ...patch, edited: { user: by, ts: eventTs } };
  workspace.commit([{ kind: 'changed', channel, message: changed, previous: message, eventTs }]);
  return changed;
}

/** Deletes a message. As in Slack, the first message of a thread with replies leaves a tombstone. */
export function remove(workspace: Workspace, channel: string, message: Message): void {
  const replies = workspace.state.threads.get(threadKey(channel, message.ts)) ?? [];
  const eventTs = workspace.nextTs();
  if (replies.length === 0) {
    workspace.commit([{ kind: 'deleted', channel, message, eventTs }]);
    return;
  }
  const tombstone: Message = {
    type: 'message',
    subtype: 'tombstone',
    user: 'USLACKBOT',
    text: 'This message was deleted.',
    ts: message.ts,
    thread_ts: message.ts,
  };
  workspace.commit([{ kind: 'changed', channel, message: tombstone, previous: message, eventTs }]);
}

export function findMessage({ state }: Workspace, channel: string, ts: string): Message | undefined {
  return state.messages.get(channel)?.get(ts);
}
