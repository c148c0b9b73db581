// Parses button clicks, submitted forms and slash commands.
import { z } from 'zod';
import { present } from '../present.ts';
import { type FormId, formIds } from '../render/forms.ts';
import type { Inbound, MarkedMessage } from './inbound.ts';
import type { Loose } from './loose.ts';
import { appWords, personWords } from './message-words.ts';
import { type ShortcutId, shortcutIds } from './shortcut-ids.ts';
import { SLACKBOT } from './user.ts';

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
  actions: z
    .array(
      z.object({
        action_id: id,
        value: z.string().nullish(),
        selected_option: z.object({ value: z.string().nullish() }).nullish(),
      }),
    )
    .min(1),
});

const filled = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date: z.string().nullish(),
});

const submission = base.extend({
  trigger_id: id,
  view: z.object({
    id,
    callback_id: z.enum(Object.values(formIds) as [FormId, ...FormId[]]),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), filled)) }),
  }),
});

const messageAction = base.extend({
  trigger_id: id,
  callback_id: z.enum(Object.values(shortcutIds) as [ShortcutId, ...ShortcutId[]]),
  channel: z.object({ id }),
  response_url: id,
  message: z.looseObject({
    ts: id,
    thread_ts: id.nullish(),
    user: id.nullish(),
    bot_id: id.nullish(),
    username: z.string().nullish(),
    text: z.string().nullish(),
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
  const marked = type === 'message_action' ? messageAction.safeParse(body) : undefined;
  if (marked?.success) return shortcut(marked.data);
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
    value: action.value ?? action.selected_option?.value ?? '',
    ...present({
      channel: from.channel?.id ?? from.container?.channel_id,
      responseUrl: from.response_url,
    }),
  };
}

function form(from: z.infer<typeof submission>): Inbound {
  const { id: view, callback_id, private_metadata, state } = from.view;
  const fields = Object.values(state.values).flatMap((block) => Object.entries(block));
  return {
    kind: 'form',
    team: teamOf(from),
    user: from.user.id,
    triggerId: from.trigger_id,
    view,
    form: callback_id,
    about: private_metadata,
    values: Object.fromEntries(
      fields.map(([name, { value, selected_option: chosen, selected_options: ticked, selected_date: day }]) => [
        name,
        value ?? chosen?.value ?? ticked?.map((one) => one.value).join('\n') ?? day ?? '',
      ]),
    ),
  };
}

function shortcut(from: z.infer<typeof messageAction>): Inbound {
  return {
    kind: 'message_shortcut',
    team: teamOf(from),
    user: from.user.id,
    triggerId: from.trigger_id,
    channel: from.channel.id,
    shortcut: from.callback_id,
    message: markedMessage(from.message),
    responseUrl: from.response_url,
  };
}

function markedMessage(message: z.infer<typeof messageAction>['message']): MarkedMessage {
  const { ts, thread_ts: threadTs, user, bot_id: bot, username: appName } = message;
  const text = message.text ?? '';
  const byApp = Boolean(bot) || !user || user === SLACKBOT;
  const at = { ts, ...present({ threadTs: threadTs ?? undefined }) };
  if (byApp) return { ...at, ...present({ appName: appName ?? undefined }), text: appWords(text, message as Loose) };
  return { ...at, ...present({ user: user ?? undefined }), text: personWords(text, message as Loose).text };
}

function teamOf(from: z.infer<typeof base>): string {
  return from.team?.id ?? from.user.team_id ?? from.enterprise?.id ?? 'unknown';
}
