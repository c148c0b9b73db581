// Sends a slash command and waits for its reply.
import { InvalidInput } from '../../../errors.ts';
import type { Json } from '../given.ts';
import type { Message } from '../state/state.ts';
import { expectAck, type Surfaces, whoDidIt } from './interact.ts';
import { respond } from './responses.ts';

export interface CommandResult {
  text: string;
  blocks?: Json[];
  messages: Message[];
  /** The modals that the command opened. */
  views: Json[];
}

/**
 * Sends a command and waits for the first reply: a text in the acknowledgement, an answer through the response_url, an
 * ephemeral message or a modal.
 */
export async function command(
  surfaces: Surfaces,
  { user, channel, text }: { user: string; channel: string; text: string },
  waitMs = 10_000,
): Promise<CommandResult> {
  const { workspace, responses, sockets } = surfaces;
  const { state } = workspace;
  const [first = '', ...rest] = text.trim().split(' ');
  const [fallback = '/skein'] = state.app.commands;
  const name = first.startsWith('/') ? first : fallback;
  if (!state.app.commands.includes(name)) {
    throw new InvalidInput(`${name} is no command of this app; it has: ${state.app.commands.join(', ')}.`);
  }
  const hook = responses.issue({ channel, user });
  const back = collect(surfaces, { user, channel, hook: hook.id });
  try {
    const payload = payloadOf(surfaces, user, channel, name, first === name ? rest.join(' ') : text.trim(), hook.url);
    const answer = expectAck(await sockets.ask('slash_commands', payload), 'command');
    if (answer.text !== undefined || answer.blocks !== undefined) {
      const message = respond(workspace, hook, answer);
      return resultOf([...back.messages, ...(message === undefined ? [] : [message])], back.views);
    }
    await back.first(waitMs);
    return resultOf(back.messages, back.views);
  } finally {
    back.stop();
  }
}

function resultOf(messages: readonly Message[], views: Json[]): CommandResult {
  const unique = [...new Map(messages.map((message) => [message.ts, message])).values()];
  const last = unique.at(-1);
  return {
    text: last?.text ?? '',
    ...(last?.blocks === undefined ? {} : { blocks: last.blocks }),
    messages: unique,
    views,
  };
}

function payloadOf(surfaces: Surfaces, user: string, channel: string, name: string, text: string, url: string): Json {
  const { state } = surfaces.workspace;
  const { trigger_id, token, api_app_id } = whoDidIt(surfaces, user);
  const found = state.channels.get(channel);
  return {
    token,
    team_id: state.team.id,
    team_domain: state.team.domain,
    channel_id: channel,
    channel_name:
      found?.kind === 'im' ? 'directmessage' : found?.kind === 'private' ? 'privategroup' : (found?.name ?? ''),
    user_id: user,
    user_name: state.users.get(user)?.handle ?? user,
    command: name,
    text,
    api_app_id,
    is_enterprise_install: 'false',
    response_url: url,
    trigger_id,
  };
}

function collect(
  { workspace, responses }: Surfaces,
  { user, channel, hook }: { user: string; channel: string; hook: string },
) {
  const messages: Message[] = [];
  const views: Json[] = [];
  let came: () => void = () => {};
  const arrived = new Promise<void>((resolve) => {
    came = resolve;
  });
  const offResponse = responses.watch(hook, (message) => {
    messages.push(message);
    came();
  });
  const offChange = workspace.onChange((change) => {
    const whispered =
      change.kind === 'whispered' && change.ephemeral.channel === channel && change.ephemeral.user === user;
    if (whispered) messages.push(change.ephemeral.message);
    const opened = change.kind === 'view-set' && change.open.user === user && change.open.view.type === 'modal';
    if (opened) views.push(change.open.view);
    if (whispered || opened) came();
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    messages,
    views,
    first: (waitMs: number) =>
      Promise.race([
        arrived,
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, waitMs);
        }),
      ]),
    stop() {
      clearTimeout(timer);
      offResponse();
      offChange();
    },
  };
}
