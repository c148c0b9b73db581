// Parses button clicks, submitted forms and slash commands.
import { z } from 'zod';
import { present } from '../present.ts';
import { type FormId, formIds } from '../render/forms.ts';
import type { Inbound } from './inbound.ts';

const id = z.string().min(1);
const base = z.object({
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  enterprise: z.object({ id }).nullish(),
});

const blockActions = base.extend({
  trigger_id: id,
  response_url: id.optional(),
  channel: z.object({ id }).nullish(),
  container: z.object({ channel_id: id.optional() }).nullish(),
  actions: z.array(z.object({ action_id: id, value: z.string().nullish() })).min(1),
});

const filled = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const submission = base.extend({
  trigger_id: id,
  view: z.object({
    callback_id: z.enum(Object.values(formIds) as [FormId, ...FormId[]]),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), filled)) }),
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

/** Parses a button click or a submitted form. `type` is the type that `body` gives. Throws z.ZodError. */
export function parseInteraction(body: unknown, type: string): Inbound {
  if (type === 'block_actions') return button(blockActions.parse(body));
  const ours = type === 'view_submission' ? submission.safeParse(body) : undefined;
  if (ours?.success) return form(ours.data);
  const other = base.extend({ trigger_id: id.optional(), view: z.object({ id }).nullish() }).parse(body);
  const once = other.trigger_id ?? `${type}:${other.view?.id ?? other.user.id}`;
  return { kind: 'unsupported', team: teamOf(other), type, id: once };
}

/** Parses a slash command. Throws z.ZodError. */
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
  return {
    kind: 'button',
    team: teamOf(from),
    user: from.user.id,
    triggerId: from.trigger_id,
    actionId: action.action_id,
    value: action.value ?? '',
    ...present({
      channel: from.channel?.id ?? from.container?.channel_id,
      responseUrl: from.response_url,
    }),
  };
}

function form(from: z.infer<typeof submission>): Inbound {
  const { callback_id, private_metadata, state } = from.view;
  const fields = Object.values(state.values).flatMap((block) => Object.entries(block));
  return {
    kind: 'form',
    team: teamOf(from),
    user: from.user.id,
    triggerId: from.trigger_id,
    form: callback_id,
    about: private_metadata,
    values: Object.fromEntries(
      fields.map(([name, { value, selected_option: chosen }]) => [name, value ?? chosen?.value ?? '']),
    ),
  };
}

function teamOf(from: z.infer<typeof base>): string {
  return from.team?.id ?? from.user.team_id ?? from.enterprise?.id ?? 'unknown';
}
