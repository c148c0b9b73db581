// Buttons, modals and slash commands.
import { z } from 'zod';
import type { Inbound } from './inbound.ts';
import { present } from './present.ts';

const id = z.string().min(1);
const option = z.object({ value: z.string().default('') });

/** The state of any input element: each kind keeps what was chosen under a name of its own. */
const element = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_channel: z.string().nullish(),
  selected_channels: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  files: z.array(z.object({ id })).nullish(),
});

const base = z.object({
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  enterprise: z.object({ id }).nullish(),
});

const blockActions = base.extend({
  trigger_id: id,
  response_url: id.optional(),
  channel: z.object({ id }).nullish(),
  container: z.object({ message_ts: id.optional(), channel_id: id.optional(), thread_ts: id.optional() }).nullish(),
  message: z.object({ ts: id.optional(), thread_ts: id.optional() }).nullish(),
  view: z.object({ id }).nullish(),
  actions: z.array(element.extend({ action_id: id })).min(1),
});

const submission = base.extend({
  trigger_id: id,
  view: z.object({
    id,
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), element)) }).default({ values: {} }),
  }),
});

const slash = z.object({
  team_id: id,
  user_id: id,
  channel_id: id,
  command: id,
  text: z.string().default(''),
  trigger_id: id,
  response_url: id,
});

/** `type` is the body's own. Throws z.ZodError. */
export function parseInteraction(body: unknown, type: string): Inbound {
  if (type === 'block_actions') return button(blockActions.parse(body));
  if (type === 'view_submission') return submitted(submission.parse(body));
  const other = base.extend({ trigger_id: id.optional(), view: z.object({ id }).nullish() }).parse(body);
  const once = other.trigger_id ?? `${type}:${other.view?.id ?? other.user.id}`;
  return { kind: 'unsupported', team: teamOf(other), type, id: once };
}

/** Throws z.ZodError. */
export function parseCommand(body: unknown): Inbound {
  const from = slash.parse(body);
  return {
    kind: 'command',
    team: from.team_id,
    user: from.user_id,
    channel: from.channel_id,
    command: from.command,
    text: from.text,
    triggerId: from.trigger_id,
    responseUrl: from.response_url,
  };
}

function button(from: z.infer<typeof blockActions>): Inbound {
  const [action] = from.actions;
  if (action === undefined) throw new Error('unreachable: the schema asks for one action at least');
  const value = chosenIn(action);
  return {
    kind: 'button',
    team: teamOf(from),
    user: from.user.id,
    triggerId: from.trigger_id,
    actionId: action.action_id,
    value: Array.isArray(value) ? value.join(',') : value,
    ...present({
      channel: from.channel?.id ?? from.container?.channel_id,
      messageTs: from.message?.ts ?? from.container?.message_ts,
      threadTs: from.message?.thread_ts ?? from.container?.thread_ts,
      viewId: from.view?.id,
      responseUrl: from.response_url,
    }),
  };
}

function submitted(from: z.infer<typeof submission>): Inbound {
  const { view } = from;
  const values = Object.entries(view.state.values).flatMap(([block, elements]) =>
    Object.values(elements).map((each) => [block, chosenIn(each)] as const),
  );
  return {
    kind: 'view_submitted',
    team: teamOf(from),
    user: from.user.id,
    triggerId: from.trigger_id,
    viewId: view.id,
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    values: Object.fromEntries(values),
  };
}

function chosenIn(state: z.infer<typeof element>): string | string[] {
  const many =
    state.selected_options?.map((each) => each.value) ??
    state.selected_users ??
    state.selected_channels ??
    state.selected_conversations ??
    state.files?.map((each) => each.id);
  if (many) return many;
  const one =
    state.value ??
    state.selected_option?.value ??
    state.selected_user ??
    state.selected_channel ??
    state.selected_conversation ??
    state.selected_date ??
    state.selected_time ??
    state.selected_date_time;
  return one === null || one === undefined ? '' : String(one);
}

function teamOf(from: z.infer<typeof base>): string {
  return from.team?.id ?? from.user.team_id ?? from.enterprise?.id ?? 'unknown';
}
