// Creates channels, and adds and removes members, for people and for the app.
import { newId } from '../ids.ts';
import type { Channel, ChannelKind } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { note } from './post.ts';

export function makeChannel(
  workspace: Workspace,
  made: { kind: ChannelKind; name: string; by: string; members: readonly string[] },
): Channel {
  const channel: Channel = {
    id: newId(made.kind === 'im' ? 'D' : 'C'),
    kind: made.kind,
    name: made.name,
    creator: made.by,
    created: Math.floor(workspace.clock() / 1000),
    topic: '',
    purpose: '',
    archived: false,
    members: [...new Set(made.members)],
  };
  workspace.commit([{ kind: 'channel-made', channel, by: made.by, eventTs: workspace.nextTs() }]);
  return channel;
}

export function join(workspace: Workspace, channel: Channel, user: string, inviter?: string): void {
  const eventTs = workspace.nextTs();
  workspace.commit([
    { kind: 'joined', channel: channel.id, user, eventTs, ...(inviter === undefined ? {} : { inviter }) },
  ]);
  const subtype = channel.kind === 'public' ? 'channel_join' : 'group_join';
  note(workspace, channel, user, subtype, `<@${user}> has joined the channel`);
}

/** Removes the user from the channel. `by`: the user who removed them, by default the user themselves. */
export function leave(workspace: Workspace, channel: Channel, user: string, by = user): void {
  const subtype = channel.kind === 'public' ? 'channel_leave' : 'group_leave';
  workspace.commit([{ kind: 'left', channel: channel.id, user, by, eventTs: workspace.nextTs() }]);
  note(workspace, channel, user, subtype, `<@${user}> has left the channel`);
}

export function rename(workspace: Workspace, channel: Channel, name: string, by: string): void {
  workspace.commit([{ kind: 'channel-renamed', channel: channel.id, name, by, eventTs: workspace.nextTs() }]);
  const text = `has renamed the channel from "${channel.name}" to "${name}"`;
  note(workspace, channel, by, channel.kind === 'public' ? 'channel_name' : 'group_name', text);
}

export function setTopic(workspace: Workspace, channel: Channel, topic: string, by: string): void {
  workspace.commit([{ kind: 'channel-topic', channel: channel.id, topic }]);
  note(
    workspace,
    channel,
    by,
    channel.kind === 'public' ? 'channel_topic' : 'group_topic',
    `set the channel topic: ${topic}`,
  );
}

export function archive(workspace: Workspace, channel: Channel, by: string): void {
  note(workspace, channel, by, channel.kind === 'public' ? 'channel_archive' : 'group_archive', 'archived the channel');
  workspace.commit([{ kind: 'channel-archived', channel: channel.id, by, eventTs: workspace.nextTs() }]);
}

export function unarchive(workspace: Workspace, channel: Channel, by: string): void {
  workspace.commit([{ kind: 'channel-unarchived', channel: channel.id, by, eventTs: workspace.nextTs() }]);
  const subtype = channel.kind === 'public' ? 'channel_unarchive' : 'group_unarchive';
  note(workspace, channel, by, subtype, 'un-archived the channel');
}

/** Returns the direct conversation of exactly these users, and creates it if there is none. */
export function directWith(
  workspace: Workspace,
  users: readonly string[],
  by: string,
): { channel: Channel; existed: boolean } {
  const kind = users.length === 2 ? 'im' : 'mpim';
  const same = [...workspace.state.channels.values()].find(
    (channel) =>
      channel.kind === kind &&
      channel.members.length === users.length &&
      users.every((id) => channel.members.includes(id)),
  );
  if (same !== undefined) return { channel: same, existed: true };
  const name =
    kind === 'im' ? '' : `mpdm-${users.map((id) => workspace.state.users.get(id)?.handle ?? id).join('--')}-1`;
  return { channel: makeChannel(workspace, { kind, name, by, members: users }), existed: false };
}

/** Returns a person's DM with the app. */
export function dmOf(workspace: Workspace, user: string): Channel {
  return directWith(workspace, [user, workspace.state.app.botUserId], user).channel;
}

/** Returns Slack's error code for an invalid channel name. Undefined for a valid one. */
export function nameFault({ state }: Workspace, name: string): string | undefined {
  if (name === '') return 'invalid_name_required';
  if (name.length > 80) return 'invalid_name_maxlength';
  if (/^[-_]+$/.test(name)) return 'invalid_name_punctuation';
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) return 'invalid_name_specials';
  if ([...state.channels.values()].some((channel) => channel.name === name)) return 'name_taken';
  return undefined;
}
