// Returns messages, views and status lines as one person sees them.

import { given, type Json } from '../slack/given.ts';
import { readable } from '../slack/people/people.ts';
import { appOfBot, lineKey, ofApp } from '../slack/state/apps.ts';
import { type Message, type State, type ThreadStatus, threadKey } from '../slack/state/state.ts';
import type { Workspace } from '../slack/state/workspace.ts';

/** How long a status line is shown. Slack clears it after two minutes too. */
const STATUS_MS = 120_000;

/** Returns the messages, the oldest first. Without a person, omits ephemeral messages. */
export function messagesSeen(
  workspace: Workspace,
  channel: string,
  thread: string | undefined,
  user: string | undefined,
): Json[] {
  if (user !== undefined) readable(workspace, user, channel);
  const { state } = workspace;
  const posted = [...(state.messages.get(channel)?.values() ?? [])].map((message) => shown(state, message, false));
  const whispered = state.ephemerals
    .filter((one) => one.channel === channel && one.user === user)
    .map((one) => shown(state, one.message, true));
  return [...posted, ...whispered]
    .filter((message) => thread === undefined || message.ts === thread || message.thread_ts === thread)
    .sort((a, b) => Number(a.ts) - Number(b.ts));
}

export function shown(state: State, message: Message, ephemeral: boolean): Json {
  const user = message.user ?? appOfBot(state, message.bot_id)?.botUserId;
  return given({
    ts: message.ts,
    user,
    username: message.username ?? state.users.get(user ?? '')?.name ?? user,
    text: message.text,
    blocks: message.blocks ?? [],
    thread_ts: message.thread_ts,
    files: (message.files ?? []).flatMap((id) => {
      const file = state.files.get(id);
      return file === undefined
        ? []
        : [
            {
              id,
              name: file.name,
              title: file.title,
              mimetype: file.mimetype,
              size: file.size,
              url: `/practice/files/${id}`,
            },
          ];
    }),
    subtype: message.subtype,
    attachments: message.attachments,
    reactions: message.reactions,
    edited: message.edited,
    bot_id: message.bot_id,
    icons: message.icons,
    streaming: message.streaming_state === 'in_progress' ? true : undefined,
    ephemeral: ephemeral ? true : undefined,
  });
}

/** Returns the open modals, the top of each stack last, and the App Home if the app has published one. */
export function viewsSeen({ state }: Workspace, user: string): Json[] {
  return [...state.views.values()].filter((open) => open.user === user).map((open) => open.view);
}

export function statusShown({ state, clock }: Workspace, channel: string, thread: string): Json {
  const own = [...state.apps.values()].map((app) => ({ channel, thread, ...ofApp(app) }));
  const lines = own
    .flatMap((one) => state.statuses.get(lineKey(one)) ?? [])
    .filter(({ at }) => clock() - at <= STATUS_MS)
    .sort((a, b) => b.at - a.at);
  const [line] = lines;
  const sessions = own.flatMap((one) => state.sessions.get(lineKey(one))?.status ?? []);
  return given({
    status: line?.status ?? '',
    loading_messages: line?.loadingMessages ?? [],
    username: line && nameOn(state, line),
    others:
      lines.length > 1
        ? lines.slice(1).map((one) => given({ status: one.status, username: nameOn(state, one) }))
        : undefined,
    session: sessions.find((status) => status === 'processing') ?? sessions[0],
    title: state.titles.get(threadKey(channel, thread)),
  });
}

/** The name on a status line: that which its app gave, or that of an agent's own app. */
function nameOn({ apps }: State, { username, app }: ThreadStatus): string | undefined {
  return username ?? (app === undefined ? undefined : apps.get(app)?.name);
}

export interface ShownChannel {
  id: string;
  name: string;
  private: boolean;
  members: string[];
}

export function channelsShown({ state }: Workspace): ShownChannel[] {
  return [...state.channels.values()]
    .filter((channel) => (channel.kind === 'public' || channel.kind === 'private') && !channel.archived)
    .map(({ id, name, kind, members }) => ({ id, name, private: kind === 'private', members: [...members] }));
}
