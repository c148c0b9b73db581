// The methods chat.*, which post, edit and delete messages.
import { appAuthor, change, findMessage, post, remove } from '../acts/post.ts';
import type { Json } from '../given.ts';
import { presentMessage } from '../present.ts';
import { destination, isIn, joinedChannel, messageAt, threadRoot, visibleChannel } from './access.ts';
import { optionalText, textOf } from './arguments.ts';
import { type Content, contentOf, personaOf, saysNothing } from './compose.ts';
import { type Call, type MethodTable, refuse } from './method.ts';
import { isStreaming } from './stream.ts';

const CONTENT = ['text', 'blocks', 'attachments', 'markdown_text'];
const contentErrors = [
  'invalid_blocks',
  'invalid_blocks_format',
  'markdown_text_conflict',
  'no_text',
  'too_many_attachments',
];
const metadataErrors = ['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large'];

export const chatMethods: MethodTable = {
  'chat.postMessage': {
    tier: 'posting',
    scopes: ['chat:write'],
    required: ['channel'],
    oneOf: [CONTENT],
    missing: { text: 'no_text' },
    errors: [
      ...contentErrors,
      ...metadataErrors,
      'cannot_reply_to_message',
      'channel_not_found',
      'is_archived',
      'msg_blocks_too_long',
      'not_in_channel',
    ],
    run: postMessage,
  },
  'chat.update': {
    tier: 3,
    scopes: ['chat:write'],
    required: ['channel', 'ts'],
    oneOf: [CONTENT],
    missing: { text: 'no_text' },
    errors: [
      ...contentErrors,
      ...metadataErrors,
      'cant_update_message',
      'channel_not_found',
      'is_inactive',
      'message_not_found',
      'msg_too_long',
      'streaming_state_conflict',
    ],
    run: updateMessage,
  },
  'chat.delete': {
    tier: 3,
    scopes: ['chat:write'],
    required: ['channel', 'ts'],
    errors: ['cant_delete_message', 'channel_not_found', 'message_not_found'],
    run: deleteMessage,
  },
  'chat.postEphemeral': {
    tier: 4,
    scopes: ['chat:write'],
    required: ['channel', 'user'],
    oneOf: [CONTENT],
    missing: { text: 'no_text' },
    errors: [
      ...contentErrors,
      'cannot_reply_to_message',
      'channel_not_found',
      'is_archived',
      'msg_too_long',
      'not_in_channel',
      'user_not_in_channel',
    ],
    run: postEphemeral,
  },
  'chat.getPermalink': {
    tier: 'special',
    required: ['channel', 'message_ts'],
    errors: ['channel_not_found', 'message_not_found'],
    run: getPermalink,
  },
};

function postMessage({ workspace, args }: Call): Json {
  const channel = destination(workspace, textOf(args, 'channel'));
  const { content, warnings } = contentOf(args, { longBlocks: 'msg_blocks_too_long' });
  if (saysNothing(content)) refuse('no_text');
  const thread = threadRoot(workspace, channel, optionalText(args, 'thread_ts'), 'cannot_reply_to_message');
  const message = post(workspace, channel, appAuthor(workspace, personaOf(workspace, args)), { ...content, thread });
  return {
    channel: channel.id,
    ts: message.ts,
    message: presentMessage(workspace, message),
    ...(warnings.length === 0 ? {} : { warning: warnings.join(','), response_metadata: { warnings } }),
  };
}

/**
 * Edits a message of the app. Fields that are absent stay unchanged, but a new text without blocks removes the blocks.
 */
function updateMessage({ workspace, args }: Call): Json {
  const channel = joinedChannel(workspace, textOf(args, 'channel'), 'channel_not_found');
  if (channel.archived) refuse('is_inactive');
  const message = messageAt(workspace, channel, textOf(args, 'ts'));
  if (message.bot_id !== workspace.state.app.botId) refuse('cant_update_message');
  if (isStreaming(workspace, channel.id, message.ts)) refuse('streaming_state_conflict');
  const { content } = contentOf(args, { longText: 'msg_too_long', longBlocks: 'msg_too_long' });
  if (saysNothing(content)) refuse('no_text');
  const { streaming_state: _, ...still } = message;
  const changed = change(workspace, channel.id, still, updatePatch(args, content), workspace.state.app.botUserId);
  return { channel: channel.id, ts: changed.ts, text: changed.text, message: presentMessage(workspace, changed) };
}

function updatePatch(args: Json, content: Content): Content {
  const onlyText = args.blocks === undefined && args.attachments === undefined && args.markdown_text === undefined;
  return onlyText ? { ...content, blocks: [], attachments: [] } : content;
}

function deleteMessage({ workspace, args }: Call): Json {
  const channel = visibleChannel(workspace, textOf(args, 'channel'));
  const message = messageAt(workspace, channel, textOf(args, 'ts'));
  if (message.bot_id !== workspace.state.app.botId) refuse('cant_delete_message');
  remove(workspace, channel.id, message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral({ workspace, args }: Call): Json {
  const channel = destination(workspace, textOf(args, 'channel'));
  const user = textOf(args, 'user');
  if (!isIn(channel, user)) refuse('user_not_in_channel');
  const { content } = contentOf(args, { longText: 'msg_too_long', longBlocks: 'msg_too_long' });
  if (saysNothing(content)) refuse('no_text');
  const thread = threadRoot(workspace, channel, optionalText(args, 'thread_ts'), 'cannot_reply_to_message');
  const author = appAuthor(workspace, personaOf(workspace, args));
  const ts = workspace.nextTs();
  const message = {
    type: 'message' as const,
    ...author,
    ...content,
    ts,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  };
  workspace.commit([{ kind: 'whispered', ephemeral: { channel: channel.id, user, message } }]);
  return { message_ts: ts };
}

function getPermalink({ workspace, args }: Call): Json {
  const channel = visibleChannel(workspace, textOf(args, 'channel'));
  const ts = textOf(args, 'message_ts');
  const message = findMessage(workspace, channel.id, ts) ?? refuse('message_not_found');
  const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`;
  const base = `https://${workspace.state.team.domain}.slack.com/archives/${channel.id}`;
  return { channel: channel.id, permalink: `${base}/p${ts.replace('.', '')}${thread}` };
}
