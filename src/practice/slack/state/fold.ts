// Applies one change to the state. Never throws, because the journal is replayed with it.

import { appOfBot, lineKey, ofApp } from './apps.ts';
import type { Change } from './change.ts';
import { type Channel, type Message, type State, threadKey } from './state.ts';

const RECENT_EVENTS = 2_000;

export const microsOf = (ts: string): number => Math.round(Number(ts) * 1_000_000);

export function fold(state: State, change: Change): void {
  if ('eventTs' in change && change.eventTs !== undefined) sawTs(state, change.eventTs);
  switch (change.kind) {
    case 'founded':
      state.team = change.team;
      state.app = change.app;
      state.apps.set(change.app.id, change.app);
      return;
    case 'app-installed':
      state.apps.set(change.app.id, change.app);
      state.users.set(change.user.id, change.user);
      return;
    case 'app-removed':
      state.apps.delete(change.app);
      return;
    case 'tokens-revoked': {
      const app = state.apps.get(change.app);
      if (app === undefined) return;
      const revoked = { ...app, revoked: true as const };
      state.apps.set(app.id, revoked);
      if (state.app.id === app.id) state.app = revoked;
      return;
    }
    case 'user-made':
    case 'user-changed':
      state.users.set(change.user.id, change.user);
      return;
    case 'channel-made':
      state.channels.set(change.channel.id, structuredClone(change.channel));
      return;
    case 'channel-renamed':
      patchChannel(state, change.channel, { name: change.name });
      return;
    case 'channel-topic':
      patchChannel(state, change.channel, { topic: change.topic });
      return;
    case 'channel-archived':
      patchChannel(state, change.channel, { archived: true });
      return;
    case 'channel-unarchived':
      patchChannel(state, change.channel, { archived: false });
      return;
    case 'joined':
      patchMembers(state, change.channel, (members) => [...members.filter((id) => id !== change.user), change.user]);
      return;
    case 'left':
      patchMembers(state, change.channel, (members) => members.filter((id) => id !== change.user));
      return;
    case 'posted':
      foldPosted(state, change.channel, change.message);
      return;
    case 'changed':
      state.messages.get(change.channel)?.set(change.message.ts, change.message);
      return;
    case 'deleted':
      foldDeleted(state, change.channel, change.message);
      return;
    case 'whispered':
      sawTs(state, change.ephemeral.message.ts);
      state.ephemerals = state.ephemerals.filter((e) => e.message.ts !== change.ephemeral.message.ts);
      state.ephemerals.push(change.ephemeral);
      return;
    case 'unwhispered':
      state.ephemerals = state.ephemerals.filter((e) => e.message.ts !== change.ts);
      return;
    case 'reacted':
    case 'unreacted':
      foldReaction(state, change);
      return;
    case 'file-set':
      state.files.set(change.file.id, change.file);
      return;
    case 'file-gone':
      state.files.delete(change.file);
      state.goneFiles.add(change.file);
      return;
    case 'file-shared': {
      const file = state.files.get(change.file);
      const share = { channel: change.channel, ts: change.ts };
      if (file !== undefined) state.files.set(file.id, { ...file, shares: [...file.shares, share] });
      return;
    }
    case 'view-set':
      state.views.set(change.open.view.id, change.open);
      return;
    case 'view-gone':
      state.views.delete(change.view);
      return;
    case 'status-set': {
      const key = lineKey(change.status);
      if (change.status.status === '') state.statuses.delete(key);
      else state.statuses.set(key, change.status);
      return;
    }
    case 'session-set':
      state.sessions.set(lineKey(change.session), change.session);
      return;
    case 'session-stopped':
      for (const ts of change.streams) {
        const stream = state.streams.get(threadKey(change.channel, ts));
        if (stream !== undefined) state.streams.set(threadKey(change.channel, ts), { ...stream, stoppedByUser: true });
      }
      return;
    case 'prompts-set':
      state.prompts.set(change.channel, change.prompts);
      return;
    case 'title-set':
      state.titles.set(threadKey(change.channel, change.thread), change.title);
      return;
    case 'stream-set':
      state.streams.set(threadKey(change.stream.channel, change.stream.ts), change.stream);
      return;
    case 'stream-gone':
      state.streams.delete(threadKey(change.channel, change.ts));
      return;
    case 'response-url-set':
      state.responseUrls.set(change.responseUrl.id, change.responseUrl);
      return;
    case 'event-queued':
      state.pending.set(change.event.id, change.event);
      state.recent.push(change.event);
      if (state.recent.length > RECENT_EVENTS) state.recent.splice(0, state.recent.length - RECENT_EVENTS);
      return;
    case 'event-settled':
      state.pending.delete(change.id);
      return;
    case 'home-opened':
      return;
    default:
      change satisfies never;
  }
}

function sawTs(state: State, ts: string): void {
  state.lastMicros = Math.max(state.lastMicros, microsOf(ts));
}

function patchChannel(state: State, id: string, patch: Partial<Channel>): void {
  const channel = state.channels.get(id);
  if (channel !== undefined) state.channels.set(id, { ...channel, ...patch });
}

function patchMembers(state: State, id: string, patch: (members: string[]) => string[]): void {
  const channel = state.channels.get(id);
  if (channel !== undefined) state.channels.set(id, { ...channel, members: patch(channel.members) });
}

function foldPosted(state: State, channel: string, message: Message): void {
  sawTs(state, message.ts);
  const messages = state.messages.get(channel) ?? new Map<string, Message>();
  messages.set(message.ts, message);
  state.messages.set(channel, messages);
  if (message.thread_ts === undefined) return;
  const key = threadKey(channel, message.thread_ts);
  state.threads.set(key, [...(state.threads.get(key) ?? []), message.ts]);
  // The app's next message clears its status line.
  if (message.bot_id === undefined) return;
  const app = appOfBot(state, message.bot_id);
  state.statuses.delete(lineKey({ channel, thread: message.thread_ts, ...(app ? ofApp(app) : {}) }));
}

function foldDeleted(state: State, channel: string, message: Message): void {
  state.messages.get(channel)?.delete(message.ts);
  if (message.thread_ts === undefined) return;
  const key = threadKey(channel, message.thread_ts);
  state.threads.set(
    key,
    (state.threads.get(key) ?? []).filter((ts) => ts !== message.ts),
  );
}

function foldReaction(state: State, change: Extract<Change, { kind: 'reacted' | 'unreacted' }>): void {
  const message = state.messages.get(change.channel)?.get(change.ts);
  if (message === undefined) return;
  const others = (message.reactions ?? []).filter((reaction) => reaction.name !== change.name);
  const before = message.reactions?.find((reaction) => reaction.name === change.name)?.users ?? [];
  const users = before.filter((user) => user !== change.user).concat(change.kind === 'reacted' ? [change.user] : []);
  const reactions = users.length === 0 ? others : [...others, { name: change.name, users, count: users.length }];
  const { reactions: _, ...rest } = message;
  state.messages.get(change.channel)?.set(change.ts, reactions.length === 0 ? rest : { ...rest, reactions });
}
