// The interface to Slack's Web API that all other rooms use.
import { z } from 'zod';
import { NotFound, UserFacingError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { STATUS_CHARS } from '../limits.ts';
import type { InboundFile, SlackUser } from '../parse/inbound.ts';
import { present } from '../present.ts';
import type { FormView } from '../render/forms.ts';
import type { Block, Post } from '../render/render.ts';
import { type Calling, call, type SlackClient } from './call.ts';
import { type ChannelInfo, channelInfo, invite, kick, type Moving, members, openDm, userInfo } from './directory.ts';
import { fileInfo } from './file-info.ts';
import type { Limiter } from './limiter.ts';
import { type PastAsked, type PastPage, pastPage } from './past.ts';
import { orPlainly } from './plainly.ts';
import {
  type LookUp,
  lookUp,
  metadataOf,
  noUnfurling,
  type Persona,
  type Posted,
  personaArgs,
  post,
  type ToPost,
} from './post.ts';
import { type Response, respond } from './respond.ts';
import { codeOf } from './slack-errors.ts';
import {
  isFileShared,
  type SharedWhere,
  sendContent,
  shareFile,
  type ToShare,
  type ToUpload,
  uploadFile,
} from './upload.ts';

export interface SenderOptions {
  /** The client. Make it with `makeClient`. */
  client: SlackClient;
  limiter: Limiter;
  logger: Logger;
  /** Sends requests to upload URLs and response_urls. */
  fetch?: typeof fetch;
}

/** The content of the Home tab. */
export interface HomeView {
  type: 'home';
  blocks: Block[];
}

export type SessionStatus = 'processing' | 'active' | 'suspended' | 'closed';

/** An emoji, by its name without colons, on a message. */
export interface Reaction {
  channel: string;
  ts: string;
  name: string;
}

export interface Sender {
  post(toPost: ToPost): Promise<Posted>;
  /** Edits a post. Needs the original post's key and part, so that the post can still be looked up by them. */
  update(change: { channel: string; ts: string; post: Post; key: string; part?: number }): Promise<void>;
  /** Deletes a message. Succeeds if the message is already deleted. */
  remove(message: { channel: string; ts: string }): Promise<void>;
  /**
   * Posts a message that only one active member of the channel sees. It is sent at most once, and Slack does not store
   * it.
   */
  ephemeral(to: { channel: string; user: string; post: Post; threadTs?: string | undefined } & Persona): Promise<void>;
  respond(responseUrl: string, response: Response): Promise<void>;
  /**
   * Sets the status line of a thread. Slack shows it for two minutes or until the next post in the thread. An empty
   * status clears it.
   */
  setStatus(status: { channel: string; threadTs: string; status: string } & Persona): Promise<void>;
  /**
   * Sets the session status of a thread. While it is `processing`, Slack shows a Stop button, which sends
   * `session_stopped`.
   */
  setSession(session: { channel: string; threadTs: string; status: SessionStatus } & Persona): Promise<void>;
  /** Puts an emoji on a message. Succeeds if the app has put it there already. */
  react(reaction: Reaction): Promise<void>;
  /** Takes the app's emoji from a message. Succeeds if it is not there. */
  unreact(reaction: Reaction): Promise<void>;
  uploadFile(toUpload: ToUpload): Promise<{ fileId: string }>;
  /** Sends a file's bytes and returns its id. Nobody sees the file before `shareFile`. */
  sendContent(file: { name: string; content: string | Uint8Array }): Promise<string>;
  shareFile(file: ToShare): Promise<void>;
  /** True if a message shows the file. Look here before a file is shared again. */
  isFileShared(where: SharedWhere): Promise<boolean>;
  publishHome(home: { user: string; view: HomeView }): Promise<void>;
  /** Opens a form for the person whose click this trigger belongs to, within three seconds of the click. */
  openForm(form: { triggerId: string; view: FormView }): Promise<void>;
  lookUp(asked: LookUp): Promise<string[]>;
  past(asked: PastAsked): Promise<PastPage>;
  userInfo(user: string): Promise<SlackUser>;
  fileInfo(file: string): Promise<InboundFile>;
  members(channel: string): Promise<string[]>;
  channelInfo(channel: string): Promise<ChannelInfo>;
  openDm(user: string): Promise<string>;
  /** Invites a user to a channel that the app is in, or takes one out. Succeeds if that is so already. */
  invite(moving: Moving): Promise<void>;
  kick(moving: Moving): Promise<void>;
}

const done = z.unknown();

/** Makes a handler that throws every error but the one with this code. */
function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof UserFacingError && codeOf(error.cause) === code)) throw error;
  };
}

/**
 * Makes the sender. All its methods throw Retryable or a UserFacingError. A call that failed with Retryable may still
 * have been done.
 */
export function makeSender({ client, limiter, logger, fetch: send = fetch }: SenderOptions): Sender {
  const calling: Calling = { client, limiter };
  return {
    async post(toPost) {
      const posted = await post(calling, toPost);
      logger.info('slack posted', { delivery: toPost.key, parts: posted.all.length, resend: toPost.resend });
      return posted;
    },
    async update({ channel, ts, post, key, part = 0 }) {
      const args = { channel, ts, metadata: metadataOf(key, part) };
      await orPlainly(post, (content) => call(calling, 'chat.update', { ...args, ...content }, done));
    },
    async remove({ channel, ts }) {
      await call(calling, 'chat.delete', { channel, ts }, done).catch((error: unknown) => {
        if (!(error instanceof NotFound && codeOf(error.cause) === 'message_not_found')) throw error;
      });
    },
    async ephemeral({ channel, user, post, threadTs, ...persona }) {
      const thread = present({ thread_ts: threadTs });
      const args = { channel, user, ...thread, ...personaArgs(persona), ...noUnfurling };
      await orPlainly(post, (content) => call(calling, 'chat.postEphemeral', { ...args, ...content }, done));
    },
    respond: (responseUrl, response) => respond(send, responseUrl, response),
    async setStatus({ channel, threadTs, status, ...persona }) {
      const args = {
        channel_id: channel,
        thread_ts: threadTs,
        status: status.slice(0, STATUS_CHARS),
        ...personaArgs(persona),
      };
      await call(calling, 'assistant.threads.setStatus', args, done);
    },
    async setSession({ channel, threadTs, status, ...persona }) {
      const args = {
        channel_id: channel,
        thread_ts: threadTs,
        status,
      };
      await call(calling, 'agents.sessions.setStatus', { ...args, ...personaArgs(persona) }, done);
    },
    react: ({ channel, ts: timestamp, name }) =>
      call(calling, 'reactions.add', { channel, timestamp, name }, done).then(() => {}, unless('already_reacted')),
    unreact: ({ channel, ts: timestamp, name }) =>
      call(calling, 'reactions.remove', { channel, timestamp, name }, done).then(() => {}, unless('no_reaction')),
    uploadFile: (toUpload) => uploadFile({ ...calling, fetch: send }, toUpload),
    sendContent: (content) => sendContent({ ...calling, fetch: send }, content),
    shareFile: (file) => shareFile(calling, file),
    isFileShared: (where) => isFileShared(calling, where),
    async publishHome({ user, view }) {
      await call(calling, 'views.publish', { user_id: user, view }, done);
    },
    async openForm({ triggerId, view }) {
      await call(calling, 'views.open', { trigger_id: triggerId, view }, done);
    },
    lookUp: (asked) => lookUp(calling, asked),
    past: (asked) => pastPage(calling, asked),
    userInfo: (user) => userInfo(calling, user),
    fileInfo: (file) => fileInfo(calling, file),
    members: (channel) => members(calling, channel),
    channelInfo: (channel) => channelInfo(calling, channel),
    openDm: (user) => openDm(calling, user),
    invite: (moving) => invite(calling, moving),
    kick: (moving) => kick(calling, moving),
  };
}
