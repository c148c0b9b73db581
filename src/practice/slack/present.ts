// Converts the workspace's state to Slack's objects.
import { given, type Json } from './given.ts';
import { appOfBot, appOfUser } from './state/apps.ts';
import { type Channel, type FileRecord, type Message, threadKey, type User } from './state/state.ts';
import type { Workspace } from './state/workspace.ts';

export function presentUser({ state }: Workspace, user: User): Json {
  const [first = user.name, ...last] = user.name.split(' ');
  const shared = { real_name: user.name, display_name: user.bot ? '' : user.handle };
  const app = appOfUser(state, user.id);
  return {
    id: user.id,
    team_id: user.team ?? state.team.id,
    name: user.handle,
    deleted: false,
    real_name: user.name,
    tz: user.tz,
    locale: 'en-US',
    profile: given({
      ...shared,
      real_name_normalized: user.name,
      display_name_normalized: shared.display_name,
      first_name: first,
      last_name: last.join(' '),
      title: user.title ?? '',
      email: user.email,
      team: user.team ?? state.team.id,
      ...(app ? { api_app_id: app.id, bot_id: app.botId } : {}),
    }),
    is_admin: user.admin === true,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.bot === true,
    is_app_user: false,
    ...(user.team ? { is_stranger: false } : {}),
    ...(user.email ? { is_email_confirmed: true } : {}),
    updated: 0,
  };
}

export function presentChannel({ state }: Workspace, channel: Channel): Json {
  const base = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind !== 'public',
    is_org_shared: false,
    is_shared: channel.shared === true,
    is_ext_shared: channel.shared === true,
    context_team_id: state.team.id,
  };
  if (channel.kind === 'im') {
    return { ...base, user: channel.members.find((id) => id !== state.app.botUserId) ?? '', is_user_deleted: false };
  }
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    creator: channel.creator,
    is_general: channel.general === true,
    is_member: channel.members.includes(state.app.botUserId),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

/** Returns the type in `types` of conversations.* and in `channel_type` of events. */
export const channelType = (channel: Channel): 'channel' | 'group' | 'im' | 'mpim' =>
  channel.kind === 'public' ? 'channel' : channel.kind === 'private' ? 'group' : channel.kind;

/**
 * Returns a message as events and the answers to posting contain it: without reply counts, which only the history has.
 */
export function presentMessage(workspace: Workspace, message: Message): Json {
  const { state } = workspace;
  const { files, ...rest } = message;
  const app = appOfBot(state, message.bot_id);
  return given({
    ...rest,
    team: state.users.get(message.user ?? '')?.team ?? state.team.id,
    files: files?.flatMap((id) => {
      const file = state.files.get(id);
      if (file === undefined) return [];
      return [file.connect ? presentStub(file) : presentFile(workspace, file)];
    }),
    bot_profile:
      app === undefined || message.username !== undefined
        ? undefined
        : { id: app.botId, app_id: app.id, name: app.name, deleted: false, team_id: state.team.id },
  });
}

/** Returns a message as conversations.history and conversations.replies contain it. */
export function presentInHistory(workspace: Workspace, channel: string, message: Message, withMetadata: boolean): Json {
  const { metadata, ...shown } = presentMessage(workspace, message);
  const replies = workspace.state.threads.get(threadKey(channel, message.ts)) ?? [];
  const messages = workspace.state.messages.get(channel);
  const authors = new Set(replies.flatMap((ts) => messages?.get(ts)?.user ?? []));
  return {
    ...shown,
    ...(withMetadata && metadata !== undefined ? { metadata } : {}),
    ...(replies.length === 0
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...authors],
          reply_users_count: authors.size,
          latest_reply: replies.at(-1),
          is_locked: false,
          subscribed: false,
        }),
  };
}

/**
 * Returns only a stub of a file, as the app gets it until it calls files.info (Slack's docs, "Slack Connect", files).
 */
const presentStub = ({ id, created }: FileRecord): Json => ({ id, created, file_access: 'check_file_info' });

export function presentFile({ state, origin }: Workspace, file: FileRecord): Json {
  const name = encodeURIComponent(file.name);
  const shares: { public: Json; private: Json } = { public: {}, private: {} };
  for (const { channel, ts } of file.shares) {
    const side = state.channels.get(channel)?.kind === 'public' ? shares.public : shares.private;
    side[channel] = [{ ts }];
  }
  const among = (kind: (id: string) => boolean) => file.shares.map((share) => share.channel).filter(kind);
  const kindOf = (id: string) => state.channels.get(id)?.kind;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? 'binary',
    user: file.user,
    user_team: state.team.id,
    mode: 'hosted',
    is_external: false,
    is_public: among((id) => kindOf(id) === 'public').length > 0,
    file_access: 'visible',
    size: file.size,
    url_private: `${origin}/files-pri/${state.team.id}-${file.id}/${name}`,
    url_private_download: `${origin}/files-pri/${state.team.id}-${file.id}/download/${name}`,
    permalink: `https://${state.team.domain}.slack.com/files/${file.user}/${file.id}/${name}`,
    channels: among((id) => kindOf(id) === 'public'),
    groups: among((id) => kindOf(id) === 'private'),
    ims: among((id) => kindOf(id) === 'im' || kindOf(id) === 'mpim'),
    shares,
  };
}
