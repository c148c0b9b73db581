// assistant.threads.* and agents.sessions.*: an agent's status line, titles and suggested prompts.
import { isObject } from '../blocks/rules.ts';
import { given, type Json } from '../given.ts';
import { lineKey, ofApp } from '../state/apps.ts';
import type { Channel } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { joinedChannel, messageAt } from './access.ts';
import { jsonOf, namesOf, optionalText, textOf } from './arguments.ts';
import { personaOf } from './compose.ts';
import { type Call, type MethodTable, refuse } from './method.ts';

const SESSION_STATUSES = ['processing', 'active', 'suspended', 'closed'];
const threadErrors = ['channel_not_found', 'invalid_thread_ts'];

export const assistantMethods: MethodTable = {
  'assistant.threads.setStatus': {
    tier: 'special',
    scopes: ['chat:write', 'assistant:write'],
    required: ['channel_id', 'status', 'thread_ts'],
    errors: threadErrors,
    run: setStatus,
  },
  'assistant.threads.setSuggestedPrompts': {
    tier: 4,
    scopes: ['assistant:write', 'chat:write'],
    required: ['channel_id', 'prompts'],
    errors: threadErrors,
    run: setSuggestedPrompts,
  },
  'assistant.threads.setTitle': {
    tier: 4,
    scopes: ['assistant:write', 'chat:write'],
    required: ['channel_id', 'thread_ts', 'title'],
    errors: threadErrors,
    run: setTitle,
  },
  'agents.sessions.setStatus': {
    tier: 'special',
    scopes: ['chat:write'],
    required: ['channel_id', 'status'],
    errors: threadErrors,
    run: setSessionStatus,
  },
  'agents.sessions.rename': {
    tier: 'special',
    scopes: ['chat:write'],
    required: ['channel_id', 'title'],
    errors: threadErrors,
    run: renameSession,
  },
};

/** Sets the status line of a thread. An empty status clears it. */
function setStatus({ workspace, args }: Call): Json {
  const { channel, thread } = threadOf(workspace, args);
  const loadingMessages = listOfTexts(args, 'loading_messages');
  if (loadingMessages.length > 10)
    refuse('invalid_arguments', ['[ERROR] no more than 10 items allowed [json-pointer:/loading_messages]']);
  const { username } = personaOf(workspace, args);
  const status = {
    channel: channel.id,
    thread,
    status: textOf(args, 'status'),
    loadingMessages,
    at: workspace.clock(),
  };
  workspace.commit([{ kind: 'status-set', status: given({ ...status, username, ...ofApp(workspace.state.app) }) }]);
  return {};
}

function setSuggestedPrompts({ workspace, args }: Call): Json {
  const channel = joinedChannel(workspace, textOf(args, 'channel_id'), 'channel_not_found');
  const prompts = jsonOf(args, 'prompts', 'invalid_arguments');
  const sound =
    Array.isArray(prompts) && prompts.length <= 4 && prompts.every((one) => isObject(one) && one.title && one.message);
  if (!sound)
    refuse('invalid_arguments', [
      '[ERROR] prompts must be at most 4 objects with title and message [json-pointer:/prompts]',
    ]);
  workspace.commit([
    { kind: 'prompts-set', channel: channel.id, prompts: given({ prompts, title: optionalText(args, 'title') }) },
  ]);
  return {};
}

function setTitle({ workspace, args }: Call): Json {
  const { channel, thread } = threadOf(workspace, args);
  workspace.commit([{ kind: 'title-set', channel: channel.id, thread, title: textOf(args, 'title') }]);
  return {};
}

/** Creates or updates a session. The title is set only when the session is created. */
function setSessionStatus({ workspace, args }: Call): Json {
  const { channel, thread } = threadOf(workspace, args);
  const status = textOf(args, 'status');
  if (!SESSION_STATUSES.includes(status))
    refuse('invalid_arguments', ['[ERROR] must be a valid enum value [json-pointer:/status]']);
  const own = { channel: channel.id, thread, ...ofApp(workspace.state.app) };
  const before = workspace.state.sessions.get(lineKey(own));
  const title = before === undefined ? optionalText(args, 'title') : before.title;
  workspace.commit([{ kind: 'session-set', session: given({ ...own, status, title }) }]);
  const listens = workspace.state.app.events.includes('agent_session_stopped');
  const warnings = ['missing_agent_session_stopped_event_subscription'];
  const warned = listens || status !== 'processing' ? {} : { response_metadata: { warnings } };
  return given({ status, agent_status: status, title, ...warned });
}

function renameSession({ workspace, args }: Call): Json {
  const { channel, thread } = threadOf(workspace, args);
  const own = { channel: channel.id, thread, ...ofApp(workspace.state.app) };
  const session = workspace.state.sessions.get(lineKey(own)) ?? refuse('invalid_thread_ts');
  const title = textOf(args, 'title');
  workspace.commit([{ kind: 'session-set', session: { ...session, title } }]);
  return { title };
}

function threadOf(workspace: Workspace, args: Json): { channel: Channel; thread: string } {
  const channel = joinedChannel(workspace, textOf(args, 'channel_id'), 'channel_not_found');
  const ts = optionalText(args, 'thread_ts');
  if (ts === undefined) return { channel, thread: '' };
  const message = messageAt(workspace, channel, ts, 'invalid_thread_ts');
  return { channel, thread: message.thread_ts ?? ts };
}

function listOfTexts(args: Json, name: string): string[] {
  const value = args[name];
  if (typeof value !== 'string' || !value.startsWith('[')) return namesOf(args, name);
  const list = jsonOf(args, name, 'invalid_arguments');
  return Array.isArray(list) ? list.map(String) : [];
}
