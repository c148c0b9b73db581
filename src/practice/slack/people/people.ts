// The acts of people in the practice workspace, with Slack's permissions.
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../errors.ts';
import * as channels from '../acts/channels.ts';
import { announceFile, receiveFile, shareFiles } from '../acts/files.ts';
import { change, findMessage, person, post, remove } from '../acts/post.ts';
import { isIn } from '../api/access.ts';
import { hasReacted } from '../api/reactions.ts';
import { lineKey, ofApp } from '../state/apps.ts';
import type { Channel, FileRecord, Message, User } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { typed } from './typing.ts';

export function say(workspace: Workspace, user: string, channel: string, text: string, thread?: string): Message {
  const channelDoc = writable(workspace, user, channel);
  if (text.trim() === '') throw new InvalidInput('A message needs a text.');
  rootOf(workspace, channelDoc, thread);
  return post(workspace, channelDoc, person(user), { text: typed(workspace.state, text), thread });
}

export function edit(workspace: Workspace, user: string, channel: string, ts: string, text: string): Message {
  const message = ownMessage(workspace, user, writable(workspace, user, channel), ts);
  return change(workspace, channel, message, { text: typed(workspace.state, text) }, user);
}

export function deleteMessage(workspace: Workspace, user: string, channel: string, ts: string): void {
  remove(workspace, channel, ownMessage(workspace, user, writable(workspace, user, channel), ts));
}

/** Adds the person's emoji, or removes it if they have added it already. */
export function react(
  workspace: Workspace,
  user: string,
  channel: string,
  ts: string,
  name: string,
): 'added' | 'removed' {
  const channelDoc = readable(workspace, user, channel);
  const message = messageOf(workspace, channelDoc, ts);
  const emoji = name.replaceAll(':', '');
  const kind = hasReacted(message, user, emoji) ? 'unreacted' : 'reacted';
  workspace.commit([{ kind, channel: channelDoc.id, ts, user, name: emoji, eventTs: workspace.nextTs() }]);
  return kind === 'reacted' ? 'added' : 'removed';
}

export interface Upload {
  name: string;
  bytes: Buffer;
  /** Further files of the same message. */
  more?: readonly { name: string; bytes: Buffer }[];
  text?: string | undefined;
  thread?: string | undefined;
}

export function upload(
  workspace: Workspace,
  user: string,
  channel: string,
  given: Upload,
): { message: Message; file: FileRecord } {
  const channelDoc = writable(workspace, user, channel);
  rootOf(workspace, channelDoc, given.thread);
  const received = ({ name, bytes }: { name: string; bytes: Buffer }): FileRecord => {
    const file = announceFile(workspace, { name, size: bytes.length, user });
    receiveFile(workspace, file, bytes);
    return file;
  };
  const file = received(given);
  const files = [file, ...(given.more ?? []).map(received)];
  const said = { text: typed(workspace.state, given.text ?? ''), thread: given.thread };
  return { message: shareFiles(workspace, channelDoc, person(user), files, said), file };
}

export function makeChannel(
  workspace: Workspace,
  user: string,
  name: string,
  isPrivate: boolean,
  members: readonly string[],
): Channel {
  const fault = channels.nameFault(workspace, name);
  if (fault === 'name_taken') throw new Conflict(`There is a channel #${name} already.`);
  if (fault !== undefined)
    throw new InvalidInput(
      `"${name}" is no name for a channel (${fault}): use small letters, digits, - and _, at most 80.`,
    );
  const channel = channels.makeChannel(workspace, {
    kind: isPrivate ? 'private' : 'public',
    name,
    by: user,
    members: [user],
  });
  for (const member of members.filter((id) => id !== user)) channels.join(workspace, channel, member, user);
  return workspace.state.channels.get(channel.id) ?? channel;
}

/** Adds a person to a channel. A person who invites themselves to a public channel joins it. */
export function invite(workspace: Workspace, user: string, channel: string, who: string): void {
  const channelDoc = readable(workspace, user, channel);
  if (channelDoc.archived) throw new NotAllowed(`#${channelDoc.name} is archived.`);
  if (channelDoc.kind === 'im' || channelDoc.kind === 'mpim')
    throw new InvalidInput('A direct conversation stays as it is; make a channel instead.');
  if (isIn(channelDoc, who)) throw new Conflict(`${nameOf(workspace, who)} is in #${channelDoc.name} already.`);
  if (user !== who && !isIn(channelDoc, user))
    throw new NotAllowed(`${nameOf(workspace, user)} is not in #${channelDoc.name} and cannot invite others.`);
  channels.join(workspace, channelDoc, who, user === who ? undefined : user);
}

export function kick(workspace: Workspace, user: string, channel: string, who: string): void {
  const channelDoc = writable(workspace, user, channel);
  if (channelDoc.general) throw new NotAllowed('Nobody can be removed from the general channel.');
  if (!isIn(channelDoc, who)) throw new NotFound(`${nameOf(workspace, who)} is not in #${channelDoc.name}.`);
  channels.leave(workspace, channelDoc, who, user);
}

export function setTopic(workspace: Workspace, user: string, channel: string, topic: string): void {
  const channelDoc = writable(workspace, user, channel);
  if (channelDoc.kind === 'im' || channelDoc.kind === 'mpim')
    throw new InvalidInput('A direct conversation has no topic.');
  channels.setTopic(workspace, channelDoc, topic, user);
}

export function archive(workspace: Workspace, user: string, channel: string): void {
  const channelDoc = writable(workspace, user, channel);
  if (channelDoc.general) throw new NotAllowed('The general channel cannot be archived.');
  if (channelDoc.kind === 'im' || channelDoc.kind === 'mpim') throw new InvalidInput('Only channels can be archived.');
  channels.archive(workspace, channelDoc, user);
}

export function unarchive(workspace: Workspace, user: string, channel: string): void {
  const channelDoc = readable(workspace, user, channel);
  if (!channelDoc.archived) throw new Conflict(`#${channelDoc.name} is not archived.`);
  channels.unarchive(workspace, channelDoc, user);
}

export function changeProfile(
  workspace: Workspace,
  user: string,
  facts: Partial<Pick<User, 'name' | 'title' | 'tz'>>,
): void {
  const before = workspace.state.users.get(user);
  if (before === undefined) throw new NotFound(`There is no person ${user}.`);
  workspace.commit([{ kind: 'user-changed', user: { ...before, ...facts }, eventTs: workspace.nextTs() }]);
}

/** Returns the direct conversation of two people. */
export function directBetween(workspace: Workspace, user: string, other: string): Channel {
  return channels.directWith(workspace, [user, other], user).channel;
}

export function leave(workspace: Workspace, user: string, channel: string): void {
  const channelDoc = readable(workspace, user, channel);
  if (!isIn(channelDoc, user)) throw new NotFound(`${nameOf(workspace, user)} is not in #${channelDoc.name}.`);
  if (channelDoc.general) throw new NotAllowed('Nobody can leave the general channel.');
  channels.leave(workspace, channelDoc, user);
}

export function openHome(workspace: Workspace, user: string, tab: 'home' | 'messages'): void {
  const channel = channels.dmOf(workspace, user).id;
  const app = ofApp(workspace.state.app);
  workspace.commit([{ kind: 'home-opened', user, channel, tab, ...app, eventTs: workspace.nextTs() }]);
}

/**
 * Presses Slack's own Stop button, of each app whose session in the thread is processing. `agent`: that of this agent's own
 * app alone.
 */
export function stopAgent(workspace: Workspace, user: string, channel: string, thread: string, agent?: string): void {
  const channelDoc = readable(workspace, user, channel);
  const sessions = [...workspace.state.apps.values()].flatMap((app) => {
    if (agent !== undefined && app.agent !== agent) return [];
    const own = { channel: channelDoc.id, thread, ...ofApp(app) };
    return workspace.state.sessions.get(lineKey(own))?.status === 'processing' ? [own] : [];
  });
  if (!sessions.length) throw new NotFound('No agent is at work in this thread, so there is nothing to stop.');
  const messages = workspace.state.messages.get(channelDoc.id);
  const streams = [...workspace.state.streams.values()]
    .filter((stream) => stream.channel === channelDoc.id && messages?.get(stream.ts)?.thread_ts === thread)
    .map((stream) => stream.ts);
  for (const own of sessions)
    workspace.commit([{ kind: 'session-stopped', ...own, user, streams, eventTs: workspace.nextTs() }]);
}

/** Returns a conversation that the person can open: a public channel, or one that has them as a member. */
export function readable(workspace: Workspace, user: string, channel: string): Channel {
  const channelDoc = workspace.state.channels.get(channel);
  const seen = channelDoc !== undefined && (channelDoc.kind === 'public' || isIn(channelDoc, user));
  if (!seen)
    throw new NotFound(
      `There is no conversation ${channel} that ${nameOf(workspace, user)} can see. Read GET /practice/state for the channels.`,
    );
  return channelDoc;
}

function writable(workspace: Workspace, user: string, channel: string): Channel {
  const channelDoc = readable(workspace, user, channel);
  if (channelDoc.archived) throw new NotAllowed(`#${channelDoc.name} is archived; nothing can be written there.`);
  if (!isIn(channelDoc, user)) {
    const name = nameOf(workspace, user);
    throw new NotAllowed(`${name} is not in #${channelDoc.name}. Join first.`);
  }
  return channelDoc;
}

function messageOf(workspace: Workspace, channelDoc: Channel, ts: string): Message {
  const message = findMessage(workspace, channelDoc.id, ts);
  if (message === undefined)
    throw new NotFound(
      `There is no message ${ts} in ${channelDoc.name || channelDoc.id}. Read GET /practice/messages for what is there.`,
    );
  return message;
}

function ownMessage(workspace: Workspace, user: string, channelDoc: Channel, ts: string): Message {
  const message = messageOf(workspace, channelDoc, ts);
  if (message.user !== user) throw new NotAllowed('Only who wrote a message can change or delete it.');
  return message;
}

function rootOf(workspace: Workspace, channelDoc: Channel, thread: string | undefined): void {
  if (thread !== undefined) messageOf(workspace, channelDoc, thread);
}

const nameOf = ({ state }: Workspace, user: string): string => state.users.get(user)?.name ?? user;
