// Derives the apps' events from a change: each app gets those of its conversations, and those of new public channels.

import type { Json } from '../given.ts';
import { newId } from '../ids.ts';
import { channelType, presentFile, presentMessage, presentUser } from '../present.ts';
import { homeOf, ofApp } from '../state/apps.ts';
import { asApp } from '../state/as-app.ts';
import type { Change } from '../state/change.ts';
import type { Channel, Message, QueuedEvent, SlackApp } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';

/**
 * An event without its envelope. `name`: the subscription, such as message.im. `ts`: the message that the event is
 * about.
 */
interface Draft {
  name: string;
  event: Json;
  channel?: string;
  ts?: string;
}

export function eventsOf(workspace: Workspace, change: Change): QueuedEvent[] {
  return [...workspace.state.apps.values()].flatMap((app) => {
    const seen = asApp(workspace, app);
    return draftsOf(seen, change)
      .filter((draft) => app.events.includes(draft.name))
      .map((draft) => wrap(seen, draft));
  });
}

function draftsOf(workspace: Workspace, change: Change): Draft[] {
  const { state } = workspace;
  const channelOf = (id: string) => state.channels.get(id);
  const heard = (id: string): Channel | undefined => {
    const channel = channelOf(id);
    return channel?.members.includes(state.app.botUserId) ? channel : undefined;
  };
  switch (change.kind) {
    case 'posted':
      return change.silent ? [] : ofMessage(workspace, heard(change.channel), change.message);
    case 'changed': {
      const channel = heard(change.channel);
      if (channel === undefined || change.silent) return [];
      return [
        aboutMessage(channel, change.message.ts, {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          ts: change.eventTs,
          message: presentMessage(workspace, change.message),
          previous_message: presentMessage(workspace, change.previous),
        }),
      ];
    }
    case 'deleted': {
      const channel = heard(change.channel);
      if (channel === undefined) return [];
      return [
        aboutMessage(channel, change.message.ts, {
          type: 'message',
          subtype: 'message_deleted',
          hidden: true,
          ts: change.eventTs,
          deleted_ts: change.message.ts,
          previous_message: presentMessage(workspace, change.message),
        }),
      ];
    }
    case 'reacted':
    case 'unreacted': {
      if (heard(change.channel) === undefined) return [];
      const name = change.kind === 'reacted' ? 'reaction_added' : 'reaction_removed';
      const { channel, ts, user, eventTs } = change;
      const author = state.messages.get(channel)?.get(ts)?.user;
      const item = { type: 'message', channel, ts };
      return [
        {
          name,
          channel,
          event: { type: name, user, reaction: change.name, item, item_user: author, event_ts: eventTs },
        },
      ];
    }
    case 'joined': {
      const channel = heard(change.channel);
      return channel === undefined ? [] : [membership('member_joined_channel', workspace, channel, change)];
    }
    case 'left':
      return ofLeaving(workspace, channelOf(change.channel), change);
    case 'channel-made': {
      const { channel, by, eventTs } = change;
      if (channel.kind !== 'public' || change.silent) return [];
      const about = { id: channel.id, name: channel.name, created: channel.created, creator: by, is_channel: true };
      return [
        {
          name: 'channel_created',
          channel: channel.id,
          event: { type: 'channel_created', channel: about, event_ts: eventTs },
        },
      ];
    }
    case 'channel-renamed': {
      const channel = channelOf(change.channel);
      if (channel === undefined || (channel.kind !== 'public' && heard(channel.id) === undefined)) return [];
      const name = channel.kind === 'public' ? 'channel_rename' : 'group_rename';
      const about = {
        id: channel.id,
        name: change.name,
        created: channel.created,
        is_channel: channel.kind === 'public',
      };
      return [{ name, channel: channel.id, event: { type: name, channel: about, event_ts: change.eventTs } }];
    }
    case 'channel-archived':
    case 'channel-unarchived': {
      const channel = channelOf(change.channel);
      if (channel === undefined || (channel.kind !== 'public' && heard(channel.id) === undefined)) return [];
      const verb = change.kind === 'channel-archived' ? 'archive' : 'unarchive';
      const name = channel.kind === 'public' ? `channel_${verb}` : `group_${verb}`;
      return [
        {
          name,
          channel: channel.id,
          event: { type: name, channel: channel.id, user: change.by, event_ts: change.eventTs },
        },
      ];
    }
    case 'user-changed': {
      const { user, eventTs } = change;
      return [
        { name: 'user_change', event: { type: 'user_change', user: presentUser(workspace, user), event_ts: eventTs } },
      ];
    }
    case 'file-shared': {
      const file = state.files.get(change.file);
      if (file === undefined || heard(change.channel) === undefined) return [];
      const { user, channel, eventTs } = change;
      const about = {
        file_id: file.id,
        file: { id: presentFile(workspace, file).id },
        user_id: user,
        channel_id: channel,
      };
      return [{ name: 'file_shared', channel, event: { type: 'file_shared', ...about, event_ts: eventTs } }];
    }
    case 'home-opened': {
      const { user, channel, tab, eventTs } = change;
      if (!isFor(state.app, change.app)) return [];
      const home = homeOf(state, user);
      const event = {
        type: 'app_home_opened',
        user,
        channel,
        tab,
        event_ts: eventTs,
        ...(home && tab === 'home' ? { view: home.view } : {}),
      };
      return [{ name: 'app_home_opened', channel, event }];
    }
    case 'session-stopped': {
      const { channel, user, thread, streams, eventTs } = change;
      if (!isFor(state.app, change.app)) return [];
      const event = {
        type: 'agent_session_stopped',
        channel,
        user,
        thread_ts: thread,
        streaming_message_ts: streams,
        event_ts: eventTs,
      };
      return [{ name: 'agent_session_stopped', channel, event }];
    }
    case 'tokens-revoked': {
      if (change.app !== state.app.id) return [];
      const tokens = { oauth: [], bot: [state.app.botUserId] };
      return [{ name: 'tokens_revoked', event: { type: 'tokens_revoked', tokens, event_ts: change.eventTs } }];
    }
    default:
      return [];
  }
}

const isFor = (app: SlackApp, id: string | undefined): boolean => ofApp(app).app === id;

/** Returns the events of a message. A mention causes app_mention and message in a channel, and only message in a DM. */
function ofMessage(workspace: Workspace, channel: Channel | undefined, message: Message): Draft[] {
  if (channel === undefined) return [];
  const { botUserId } = workspace.state.app;
  const shown = presentMessage(workspace, message);
  const drafts = [aboutMessage(channel, message.ts, shown)];
  const mentioned = new RegExp(`<@${botUserId}(\\|[^>]*)?>`).test(message.text);
  const plain = message.subtype === undefined || message.subtype === 'file_share';
  if (channel.kind === 'im' || !mentioned || !plain || message.user === botUserId) return drafts;
  const { subtype: _, ...rest } = shown;
  const event = { ...rest, type: 'app_mention', channel: channel.id, event_ts: message.ts };
  return [{ name: 'app_mention', channel: channel.id, ts: message.ts, event }, ...drafts];
}

function aboutMessage(channel: Channel, ts: string, event: Json): Draft {
  const name =
    channel.kind === 'public'
      ? 'message.channels'
      : channel.kind === 'private'
        ? 'message.groups'
        : `message.${channel.kind}`;
  return {
    name,
    channel: channel.id,
    ts,
    event: { ...event, channel: channel.id, channel_type: channelType(channel), event_ts: event.ts },
  };
}

function membership(
  name: 'member_joined_channel' | 'member_left_channel',
  { state }: Workspace,
  channel: Channel,
  change: { user: string; inviter?: string; eventTs: string },
): Draft {
  const { user, inviter, eventTs } = change;
  const kind = channel.kind === 'public' ? 'C' : 'G';
  const who = {
    user,
    channel: channel.id,
    channel_type: kind,
    team: state.team.id,
    ...(inviter === undefined ? {} : { inviter }),
  };
  return { name, channel: channel.id, event: { type: name, ...who, event_ts: eventTs } };
}

/**
 * Returns the events of a member who leaves. If the app itself is removed, it also gets channel_left (or group_left).
 */
function ofLeaving(
  workspace: Workspace,
  channel: Channel | undefined,
  change: Extract<Change, { kind: 'left' }>,
): Draft[] {
  const { botUserId } = workspace.state.app;
  if (channel === undefined) return [];
  if (change.user !== botUserId && !channel.members.includes(botUserId)) return [];
  const left = membership('member_left_channel', workspace, channel, { user: change.user, eventTs: change.eventTs });
  if (change.user !== botUserId) return [left];
  const name = channel.kind === 'public' ? 'channel_left' : 'group_left';
  const event = { type: name, channel: channel.id, actor_id: change.by, event_ts: change.eventTs };
  return [left, { name, channel: channel.id, event }];
}

function wrap({ state, clock }: Workspace, { event, channel, ts }: Draft): QueuedEvent {
  const { team, app } = state;
  const id = newId('Ev');
  const payload = {
    token: 'practice-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(clock() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${id}`,
  };
  return {
    id,
    payload,
    ...ofApp(app),
    ...(channel === undefined ? {} : { channel }),
    ...(ts === undefined ? {} : { ts }),
  };
}
