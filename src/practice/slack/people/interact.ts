// The acts of people on the app's surfaces: clicking buttons, and filling in, submitting and closing modals.
import { InvalidInput, NotFound, Retryable } from '../../../errors.ts';
import { Refusal } from '../api/method.ts';
import { pushView, soundView, updateView } from '../api/views.ts';
import type { Answer, SocketMode } from '../events/socket-mode.ts';
import { given, type Json } from '../given.ts';
import { presentMessage } from '../present.ts';
import { appOfBot, ofApp } from '../state/apps.ts';
import { asApp } from '../state/as-app.ts';
import type { Message, OpenView, State } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { choiceOf, elementsOf, findElement, isEmpty } from './choice.ts';
import type { Responses } from './responses.ts';
import type { Triggers } from './triggers.ts';

export interface Surfaces {
  workspace: Workspace;
  sockets: SocketMode;
  triggers: Triggers;
  responses: Responses;
}

export interface Click {
  user: string;
  /** The channel of the message. Absent for an interaction in a view. */
  channel?: string;
  ts?: string;
  view?: string;
  actionId: string;
  value?: unknown;
}

/** Returns the fields that Slack sends with every interaction. */
export function whoDidIt({ workspace, triggers }: Surfaces, user: string, view?: string): Json {
  const { team, app, users } = workspace.state;
  const handle = users.get(user)?.handle ?? user;
  return {
    user: { id: user, username: handle, name: handle, team_id: team.id },
    api_app_id: app.id,
    token: 'practice-verification-token',
    trigger_id: triggers.issue(given({ user, ...ofApp(app), view })),
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export async function click(all: Surfaces, clicked: Click): Promise<void> {
  const surfaces = ofOwner(all, clicked);
  const { workspace } = surfaces;
  const surface =
    clicked.view === undefined ? inMessage(surfaces, clicked) : inView(workspace, clicked.user, clicked.view);
  const { blockId, element } = findElement(surface.blocks, clicked.actionId, clicked.value);
  const action = {
    action_id: element.action_id,
    block_id: blockId,
    ...choiceOf(element, clicked.value),
    action_ts: workspace.nextTs(),
  };
  const payload = {
    type: 'block_actions',
    ...whoDidIt(surfaces, clicked.user, clicked.view),
    ...surface.payload,
    actions: [action],
  };
  expectAck(await surfaces.sockets.ask('interactive', payload), 'click');
}

/** Returns the surfaces as the app sees them whose message or view it is. It alone is told of the click. */
function ofOwner(surfaces: Surfaces, { user, channel = '', ts = '', view }: Click): Surfaces {
  const { state } = surfaces.workspace;
  if (view !== undefined) return ofView(surfaces, openViewOf(surfaces.workspace, user, view));
  return ofBot(surfaces, (whisperedTo(state, { user, channel, ts }) ?? state.messages.get(channel)?.get(ts))?.bot_id);
}

export function ofBot(surfaces: Surfaces, botId: string | undefined): Surfaces {
  const app = appOfBot(surfaces.workspace.state, botId);
  return app === undefined ? surfaces : { ...surfaces, workspace: asApp(surfaces.workspace, app) };
}

function ofView(surfaces: Surfaces, { view }: OpenView): Surfaces {
  return ofBot(surfaces, String(view.bot_id));
}

function whisperedTo(
  { ephemerals }: State,
  { user, channel, ts }: { user: string; channel: string; ts: string },
): Message | undefined {
  return ephemerals.find((one) => one.channel === channel && one.message.ts === ts && one.user === user)?.message;
}

interface Surface {
  blocks: unknown[];
  payload: Json;
}

function inMessage({ workspace, responses }: Surfaces, { user, channel = '', ts = '' }: Click): Surface {
  const { state } = workspace;
  const whispered = whisperedTo(state, { user, channel, ts });
  const message = whispered ?? state.messages.get(channel)?.get(ts);
  if (message === undefined)
    throw new NotFound(
      `There is no message ${ts} in ${channel} that this person can see. Read GET /practice/messages for what is there.`,
    );
  const { url } = responses.issue({ channel, user, ts, ...ofApp(state.app), ...threadOf(message) });
  const container = {
    type: 'message',
    message_ts: ts,
    channel_id: channel,
    is_ephemeral: whispered !== undefined,
    ...threadOf(message, 'thread_ts'),
  };
  return {
    blocks: message.blocks ?? [],
    payload: {
      container,
      channel: { id: channel, name: state.channels.get(channel)?.name || 'directmessage' },
      message: presentMessage(workspace, message),
      state: { values: valuesOf(message.blocks ?? [], {}) },
      response_url: url,
    },
  };
}

function threadOf<K extends string = 'thread'>(message: Message, name: K = 'thread' as K): Partial<Record<K, string>> {
  return message.thread_ts === undefined ? {} : ({ [name]: message.thread_ts } as Record<K, string>);
}

function inView(workspace: Workspace, user: string, id: string): Surface {
  const { view } = openViewOf(workspace, user, id);
  const shown = { ...view, state: { values: valuesOf(view.blocks as unknown[], {}) } };
  return { blocks: view.blocks as unknown[], payload: { container: { type: 'view', view_id: id }, view: shown } };
}

export function openViewOf({ state }: Workspace, user: string, id: string): OpenView {
  const open = state.views.get(id);
  if (open === undefined || open.user !== user)
    throw new NotFound(`This person has no open view ${id}. Read GET /practice/views for what is open.`);
  return open;
}

/**
 * Builds `state.values`, by block id and then action id. The keys of `values` may be block ids, action ids, or both,
 * nested.
 */
export function valuesOf(blocks: readonly unknown[], values: Json): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    if (['button', 'icon_button', 'overflow', 'feedback_buttons', 'workflow_button'].includes(String(element.type)))
      continue;
    const actionId = String(element.action_id);
    const inBlock = values[blockId];
    const nested = typeof inBlock === 'object' && inBlock !== null && !Array.isArray(inBlock);
    const value = nested ? (inBlock as Json)[actionId] : (inBlock ?? values[actionId]);
    found[blockId] = { ...found[blockId], [actionId]: choiceOf(element, value) };
  }
  return found;
}

export type Submitted = { kind: 'closed' } | { kind: 'errors'; errors: Json } | { kind: 'view'; view: Json };

export async function submit(all: Surfaces, user: string, id: string, values: Json): Promise<Submitted> {
  const open = openViewOf(all.workspace, user, id);
  const surfaces = ofView(all, open);
  const { workspace } = surfaces;
  if (open.view.type !== 'modal')
    throw new InvalidInput('Only a modal can be submitted; App Home has buttons to click.');
  knownNames(open.view.blocks as unknown[], values);
  const filled = valuesOf(open.view.blocks as unknown[], values);
  requireAnswers(open.view.blocks as Json[], filled);
  const view = { ...open.view, state: { values: filled } };
  const payload = { type: 'view_submission', ...whoDidIt(surfaces, user, id), view, response_urls: [] };
  const answer = expectAck(await surfaces.sockets.ask('interactive', payload), 'submission');
  return afterSubmission(workspace, open, answer);
}

function knownNames(blocks: readonly unknown[], values: Json): void {
  const names = elementsOf(blocks).flatMap(({ blockId, element }) => [blockId, String(element.action_id)]);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new InvalidInput(`The modal has no block or action "${unknown}"; it has: ${names.join(', ') || 'none'}.`);
}

function requireAnswers(blocks: readonly Json[], filled: Record<string, Json>): void {
  const open = blocks.find((block) => {
    if (block.type !== 'input' || block.optional === true) return false;
    return Object.values(filled[String(block.block_id)] ?? {}).every((choice) => isEmpty(choice as Json));
  });
  if (open === undefined) return;
  const label = (open.label as Json).text;
  throw new InvalidInput(`"${label}" must be filled in: give a value for the block "${open.block_id}".`);
}

/**
 * Handles the app's answer to a submission. Without a response_action, closes the view and shows the one below. An
 * invalid answer shows an error.
 */
function afterSubmission(workspace: Workspace, open: OpenView, answer: Json): Submitted {
  try {
    switch (answer.response_action) {
      case 'errors':
        return { kind: 'errors', errors: (answer.errors ?? {}) as Json };
      case 'update':
        return { kind: 'view', view: updateView(workspace, open, soundView(answer.view, 'modal')) };
      case 'push':
        return { kind: 'view', view: pushView(workspace, open, soundView(answer.view, 'modal')) };
      case 'clear':
        closeStack(workspace, open);
        return { kind: 'closed' };
      default:
        workspace.commit([{ kind: 'view-gone', view: open.view.id, user: open.user }]);
        return { kind: 'closed' };
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new InvalidInput(
      `The app answered the submission with a view that Slack refuses: ${error.code} ${error.messages.join(' ')}`,
    );
  }
}

function stackOf({ state }: Workspace, { view }: OpenView): OpenView[] {
  return [...state.views.values()].filter((open) => open.view.root_view_id === view.root_view_id);
}

function closeStack(workspace: Workspace, open: OpenView): void {
  workspace.commit(stackOf(workspace, open).map((one) => ({ kind: 'view-gone', view: one.view.id, user: one.user })));
}

/** Closes the view, or with `all` the whole stack. Sends view_closed if the view has notify_on_close. */
export async function close(from: Surfaces, user: string, id: string, all = false): Promise<void> {
  const open = openViewOf(from.workspace, user, id);
  const surfaces = ofView(from, open);
  const { workspace } = surfaces;
  if (all || open.view.clear_on_close) closeStack(workspace, open);
  else workspace.commit([{ kind: 'view-gone', view: id, user }]);
  if (!open.view.notify_on_close) return;
  const payload = { type: 'view_closed', ...whoDidIt(surfaces, user), view: open.view, is_cleared: all };
  expectAck(await surfaces.sockets.ask('interactive', payload), 'closing');
}

/** Returns the app's acknowledgement. Throws if it did not come in time, when Slack would show a warning triangle. */
export function expectAck(answer: Answer, what: string): Json {
  switch (answer.kind) {
    case 'acked':
      return answer.payload;
    case 'timeout':
      throw new Retryable(`The app did not acknowledge the ${what} in time.`);
    case 'no-socket':
      throw new Retryable(`The app is not connected, so the ${what} could not be delivered.`);
    default:
      return answer satisfies never;
  }
}
