// The methods chat.startStream, appendStream and stopStream, for a message that grows while it is written.
import { appAuthor, post } from '../acts/post.ts';
import { withIds } from '../blocks/validate.ts';
import { given, type Json } from '../given.ts';
import { presentMessage } from '../present.ts';
import { lineKey, ofApp } from '../state/apps.ts';
import type { Change } from '../state/change.ts';
import { type Channel, type Message, type Stream, threadKey } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { destination, joinedChannel, messageAt, threadRoot, userOf } from './access.ts';
import { jsonOf, optionalText, textOf } from './arguments.ts';
import { addChunks } from './chunks.ts';
import { blocksOf, metadataOf, personaOf } from './compose.ts';
import { type Call, type MethodTable, refuse } from './method.ts';

/** A stream ends by itself about five minutes after its start (python-slack-sdk#1859). */
const LIFETIME_MS = 300_000;

const streamErrors = [
  'channel_not_found',
  'invalid_blocks',
  'invalid_chunks',
  'msg_blocks_too_long',
  'no_text',
  'not_in_channel',
];

export const streamMethods: MethodTable = {
  'chat.startStream': {
    tier: 2,
    scopes: ['chat:write'],
    required: ['channel', 'thread_ts'],
    errors: [
      ...streamErrors,
      'is_archived',
      'messaging_processing_failed',
      'missing_recipient_team_id',
      'missing_recipient_user_id',
      'user_not_found',
    ],
    run: startStream,
  },
  'chat.appendStream': {
    tier: 4,
    scopes: ['chat:write'],
    required: ['channel', 'ts'],
    errors: [
      ...streamErrors,
      'message_not_found',
      'message_not_in_streaming_state',
      'message_not_owned_by_app',
      'stopped_by_user',
    ],
    run: appendStream,
  },
  'chat.stopStream': {
    tier: 2,
    scopes: ['chat:write'],
    required: ['channel', 'ts'],
    errors: [
      ...streamErrors,
      'invalid_metadata_format',
      'invalid_metadata_schema',
      'message_not_found',
      'message_not_in_streaming_state',
      'message_not_owned_by_app',
      'metadata_too_large',
    ],
    run: stopStream,
  },
};

/** True until the stream ends: the app or a person stops it, or it times out. */
export function isStreaming({ state, clock }: Workspace, channel: string, ts: string): boolean {
  const stream = state.streams.get(threadKey(channel, ts));
  return stream !== undefined && !stream.stoppedByUser && clock() - stream.startedAt <= LIFETIME_MS;
}

function startStream({ workspace, args }: Call): Json {
  const channel = destination(workspace, textOf(args, 'channel'));
  if (channel.kind !== 'im') {
    if (optionalText(args, 'recipient_team_id') === undefined) refuse('missing_recipient_team_id');
    userOf(workspace, optionalText(args, 'recipient_user_id') ?? refuse('missing_recipient_user_id'));
  }
  const thread = threadRoot(workspace, channel, textOf(args, 'thread_ts'), 'messaging_processing_failed');
  const mode = optionalText(args, 'task_display_mode') ?? 'timeline';
  const begun: Stream = {
    channel: channel.id,
    ts: '',
    startedAt: workspace.clock(),
    text: '',
    mode,
    tasks: [],
    blocks: [],
  };
  const stream = grown(begun, args);
  const author = appAuthor(workspace, personaOf(workspace, args));
  const draft = { ...shownAs(stream), thread, streaming_state: 'in_progress' as const };
  const message = post(workspace, channel, author, draft, ({ ts }) => [
    { kind: 'stream-set', stream: { ...stream, ts } },
  ]);
  return { channel: channel.id, ts: message.ts };
}

function appendStream(call: Call): Json {
  const { workspace, args } = call;
  const { channel, message, stream } = openStream(call);
  if (stream.stoppedByUser) refuse('stopped_by_user');
  if (args.chunks === undefined && args.markdown_text === undefined) refuse('no_text');
  const next = grown(stream, args);
  const changed = { ...message, ...shownAs(next) };
  workspace.commit([
    { kind: 'stream-set', stream: next },
    {
      kind: 'changed',
      channel: channel.id,
      message: changed,
      previous: message,
      eventTs: workspace.nextTs(),
      silent: true,
    },
  ]);
  return { channel: channel.id, ts: message.ts };
}

function stopStream(call: Call): Json {
  const { workspace, args } = call;
  const { channel, message, stream } = openStream(call);
  const blocks = blocksOf(args, { longBlocks: 'msg_blocks_too_long' }, 'invalid_blocks') ?? [];
  const metadata = metadataOf(args);
  const last = grown(stream, args);
  const shown = shownAs({ ...last, blocks: [...last.blocks, ...blocks] });
  const changed: Message = { ...message, ...shown, ...given({ metadata }), streaming_state: 'completed' };
  const changes: Change[] = [
    { kind: 'stream-gone', channel: channel.id, ts: message.ts },
    { kind: 'changed', channel: channel.id, message: changed, previous: message, eventTs: workspace.nextTs() },
  ];
  const status = optionalText(args, 'session_status');
  const thread = message.thread_ts ?? message.ts;
  const own = { channel: channel.id, thread, ...ofApp(workspace.state.app) };
  const session = workspace.state.sessions.get(lineKey(own));
  if (status !== undefined) changes.push({ kind: 'session-set', session: { ...session, ...own, status } });
  workspace.commit(changes);
  return { channel: channel.id, ts: message.ts, message: presentMessage(workspace, changed) };
}

function openStream({ workspace, args }: Call): { channel: Channel; message: Message; stream: Stream } {
  const channel = joinedChannel(workspace, textOf(args, 'channel'));
  const message = messageAt(workspace, channel, textOf(args, 'ts'));
  if (message.bot_id !== workspace.state.app.botId) refuse('message_not_owned_by_app');
  const stream =
    workspace.state.streams.get(threadKey(channel.id, message.ts)) ?? refuse('message_not_in_streaming_state');
  if (workspace.clock() - stream.startedAt > LIFETIME_MS) {
    // After this commit, chat.update can edit the message.
    workspace.commit([{ kind: 'stream-gone', channel: channel.id, ts: message.ts }]);
    refuse('message_not_in_streaming_state');
  }
  return { channel, message, stream };
}

function grown(stream: Stream, args: Json): Stream {
  const chunks = jsonOf(args, 'chunks', 'invalid_chunks');
  const markdown = optionalText(args, 'markdown_text');
  const said = markdown === undefined ? [] : [{ type: 'markdown_text', text: markdown }];
  if (chunks !== undefined && !Array.isArray(chunks)) refuse('invalid_chunks');
  return addChunks(stream, [...said, ...((chunks as unknown[] | undefined) ?? [])]);
}

/** Returns the content in the order of Slack's clients: tasks and plan, then text, then blocks. */
function shownAs({ text, mode, plan, tasks, blocks }: Stream): { text: string; blocks: Json[] } {
  const cards = tasks.map(({ id, ...task }): Json => ({ type: 'task_card', task_id: id, ...task }));
  const planned = mode === 'plan' || plan !== undefined;
  const work = planned
    ? [{ type: 'plan', title: plan ?? 'Plan', tasks: cards.map(({ type: _, ...card }) => card) }]
    : cards;
  const prose = text === '' ? [] : [{ type: 'markdown', text }];
  return { text, blocks: withIds([...work, ...prose, ...blocks]) };
}
