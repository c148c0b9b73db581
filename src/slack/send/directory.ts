// Reads channels and their members from Slack.
import { z } from 'zod';
import { UserFacingError } from '../../errors.ts';
import type { ChannelType, SlackUser } from '../parse/inbound.ts';
import { userAnswer } from '../parse/user.ts';
import { type Calling, call, callPages } from './call.ts';
import { codeOf } from './slack-errors.ts';

export interface ChannelInfo {
  id: string;
  /** The channel's name. Empty for direct messages. */
  name: string;
  type: ChannelType;
  archived: boolean;
  /** True if this app is in the channel. */
  member: boolean;
  /** True if the channel is shared with another organisation (Slack Connect), whose people can read it. */
  shared: boolean;
}

const flag = z.boolean().default(false);
const channelAnswer = z.object({
  channel: z.object({
    id: z.string().min(1),
    name: z.string().default(''),
    is_im: flag,
    is_mpim: flag,
    is_private: flag,
    is_archived: flag,
    is_member: flag,
    is_ext_shared: flag,
    is_pending_ext_shared: flag,
  }),
});

export async function channelInfo(calling: Calling, channel: string): Promise<ChannelInfo> {
  const said = await call(calling, 'conversations.info', { channel }, channelAnswer);
  const { id, name, ...is } = said.channel;
  return {
    id,
    name,
    type: is.is_im ? 'im' : is.is_mpim ? 'mpim' : is.is_private ? 'group' : 'channel',
    archived: is.is_archived,
    // Slack omits `is_member` in direct messages with the app.
    member: is.is_member || is.is_im,
    shared: is.is_ext_shared || is.is_pending_ext_shared,
  };
}

/** Returns the user ids of a channel's members, including the app's bot. */
export async function members(calling: Calling, channel: string): Promise<string[]> {
  const answer = z.object({ members: z.array(z.string()) });
  const pages = await callPages(calling, 'conversations.members', { channel }, answer);
  return pages.flatMap((page) => page.members);
}

export async function userInfo(calling: Calling, user: string): Promise<SlackUser> {
  return call(calling, 'users.info', { user }, userAnswer);
}

export interface Moving {
  channel: string;
  user: string;
}

/** Invites a user to a channel that the app is in. Succeeds if they are in it already. */
export async function invite(calling: Calling, { channel, user }: Moving): Promise<void> {
  await unlessCode('already_in_channel', call(calling, 'conversations.invite', { channel, users: user }, z.unknown()));
}

/** Takes a user out of a channel that the app is in. Succeeds if they are not in it. */
export async function kick(calling: Calling, { channel, user }: Moving): Promise<void> {
  // Slack says the same if the app itself is not in the channel.
  const out = async () => !(await members(calling, channel)).includes(user);
  await unlessCode('not_in_channel', call(calling, 'conversations.kick', { channel, user }, z.unknown()), out);
}

async function unlessCode(code: string, doing: Promise<unknown>, ok = async () => true): Promise<void> {
  await doing.catch(async (error: unknown) => {
    if (!(error instanceof UserFacingError && codeOf(error.cause) === code && (await ok()))) throw error;
  });
}

/** Opens the direct message with this person and returns its channel id. */
export async function openDm(calling: Calling, user: string): Promise<string> {
  const answer = z.object({ channel: z.object({ id: z.string().min(1) }) });
  const said = await call(calling, 'conversations.open', { users: user }, answer);
  return said.channel.id;
}
