// A person uses a shortcut of the app in the menu of a message.
import { InvalidInput, NotFound } from '../../../errors.ts';
import { presentMessage } from '../present.ts';
import { expectAck, type Surfaces, whoDidIt } from './interact.ts';

export interface UsedShortcut {
  user: string;
  channel: string;
  ts: string;
  callbackId: string;
}

export async function messageShortcut(
  surfaces: Surfaces,
  { user, channel, ts, callbackId }: UsedShortcut,
): Promise<void> {
  const { workspace, responses } = surfaces;
  const { state } = workspace;
  const message = state.messages.get(channel)?.get(ts);
  if (message === undefined)
    throw new NotFound(`There is no message ${ts} in ${channel}. Read GET /practice/messages for what is there.`);
  const known = state.app.shortcuts.find((one) => one.callbackId === callbackId);
  if (known === undefined) {
    const all = state.app.shortcuts.map((one) => `${one.callbackId} (${one.name})`).join(', ');
    throw new InvalidInput(`The app has no shortcut "${callbackId}" for messages; it has: ${all || 'none'}.`);
  }
  const { url } = responses.issue({ channel, user, ts, ...threadOf(message) });
  const payload = {
    type: 'message_action',
    ...whoDidIt(surfaces, user),
    callback_id: callbackId,
    action_ts: workspace.nextTs(),
    message_ts: ts,
    channel: { id: channel, name: state.channels.get(channel)?.name || 'directmessage' },
    message: presentMessage(workspace, message),
    response_url: url,
  };
  expectAck(await surfaces.sockets.ask('interactive', payload), 'shortcut');
}

function threadOf({ thread_ts: thread }: { thread_ts?: string }): { thread?: string } {
  return thread === undefined ? {} : { thread };
}
