// The response_url of an interaction, which accepts five answers within thirty minutes, and the text in an
// acknowledgement.
import { appAuthor, change, findMessage, post, remove } from '../acts/post.ts';
import { checkMessageBlocks, withIds } from '../blocks/validate.ts';
import type { Json } from '../given.ts';
import { newSecret } from '../ids.ts';
import { asApp } from '../state/as-app.ts';
import type { Message, ResponseUrl } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';

const MOST_USES = 5;
const LIFETIME_MS = 30 * 60_000;

export interface Responses {
  /** Makes the response_url for one interaction, with an id. */
  issue(origin: Pick<ResponseUrl, 'channel' | 'user' | 'ts' | 'thread' | 'app'>): ResponseUrl & { url: string };
  use(id: string, body: Json): { status: number; answer: string | Json };
  /**
   * Calls `listener` for every message that is sent through this response_url. Returns a function that removes the
   * listener.
   */
  watch(id: string, listener: (message: Message) => void): () => void;
}

export function createResponses(workspace: Workspace): Responses {
  const watchers = new Map<string, (message: Message) => void>();
  const { state, clock } = workspace;
  return {
    issue(origin) {
      const issued: ResponseUrl = { ...origin, id: newSecret(), expiresAt: clock() + LIFETIME_MS, uses: 0 };
      workspace.commit([{ kind: 'response-url-set', responseUrl: issued }]);
      return { ...issued, url: `${workspace.origin}/response/${issued.id}` };
    },
    use(id, body) {
      const found = state.responseUrls.get(id);
      if (found === undefined) return { status: 404, answer: { ok: false, error: 'invalid_url' } };
      if (clock() > found.expiresAt) return { status: 404, answer: { ok: false, error: 'expired_url' } };
      if (found.uses >= MOST_USES) return { status: 404, answer: { ok: false, error: 'used_url' } };
      const fault = body.blocks === undefined ? { kind: 'fine' as const } : checkMessageBlocks(body.blocks);
      if (fault.kind !== 'fine') return { status: 400, answer: { ok: false, error: 'invalid_blocks' } };
      const empty = body.text === undefined && body.blocks === undefined && body.attachments === undefined;
      if (empty && !body.delete_original) return { status: 400, answer: { ok: false, error: 'no_text' } };
      workspace.commit([{ kind: 'response-url-set', responseUrl: { ...found, uses: found.uses + 1 } }]);
      const message = respond(workspace, found, body);
      if (message !== undefined) watchers.get(id)?.(message);
      return { status: 200, answer: 'ok' };
    },
    watch(id, listener) {
      watchers.set(id, listener);
      return () => watchers.delete(id);
    },
  };
}

/** Applies an answer to a response_url: deletes or replaces the original message, or posts a new one. */
export function respond(all: Workspace, to: ResponseUrl, body: Json): Message | undefined {
  const { channel, user } = to;
  const app = to.app === undefined ? undefined : all.state.apps.get(to.app);
  const workspace = app === undefined ? all : asApp(all, app);
  const original = to.ts === undefined ? undefined : findMessage(workspace, channel, to.ts);
  const whisper = workspace.state.ephemerals.find((one) => one.message.ts === to.ts && one.channel === channel);
  if (body.delete_original) {
    if (original !== undefined) remove(workspace, channel, original);
    else if (whisper !== undefined) workspace.commit([{ kind: 'unwhispered', channel, user, ts: whisper.message.ts }]);
    return undefined;
  }
  const said = saidIn(body);
  if (body.replace_original && original !== undefined) {
    return change(
      workspace,
      channel,
      original,
      { blocks: [], attachments: [], ...said },
      workspace.state.app.botUserId,
    );
  }
  if (body.replace_original && whisper !== undefined) {
    const { blocks: _, attachments: __, ...kept } = whisper.message;
    const message: Message = { ...kept, ...said };
    workspace.commit([{ kind: 'whispered', ephemeral: { channel, user, message } }]);
    return message;
  }
  return say(workspace, to, said, body);
}

function say(workspace: Workspace, to: ResponseUrl, said: ReturnType<typeof saidIn>, body: Json): Message | undefined {
  const author = appAuthor(workspace, {});
  const channel = workspace.state.channels.get(to.channel);
  if (channel === undefined) return undefined;
  const thread = body.thread_ts === undefined ? to.thread : String(body.thread_ts);
  if (body.response_type === 'in_channel') return post(workspace, channel, author, { ...said, thread });
  const at = thread === undefined ? {} : { thread_ts: thread };
  const message: Message = { type: 'message', ...author, ...said, ...at, ts: workspace.nextTs() };
  workspace.commit([{ kind: 'whispered', ephemeral: { channel: to.channel, user: to.user, message } }]);
  return message;
}

function saidIn(body: Json): Pick<Message, 'text' | 'blocks' | 'attachments'> {
  const { blocks, attachments } = body;
  return {
    text: String(body.text ?? ''),
    ...(Array.isArray(blocks) ? { blocks: withIds(blocks) } : {}),
    ...(Array.isArray(attachments) ? { attachments } : {}),
  };
}
