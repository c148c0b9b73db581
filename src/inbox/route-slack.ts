// What came from Slack, to what it means: one line for each kind, closed with never.
import { InvalidInput } from '../errors.ts';
import type { Item } from '../lanes/item.ts';
import type { Queue } from '../lanes/queue.ts';
import type { ParticipantId } from '../pods/participant.ts';
import { placeKey } from '../pods/place.ts';
import type { Inbound } from '../slack/inbound.ts';
import { parse } from '../slack/parse.ts';
import type { SlackContext } from './context.ts';
import { isTwin } from './save-slack.ts';
import { button, command } from './slack-asks.ts';
import { appJoined, channelRenamed, memberJoined, memberLeft, rest, userChanged } from './slack-channels.ts';
import { appMessage, messageDeleted, messageEdited, messagePosted, podOf } from './slack-messages.ts';
import { personOf } from './slack-people.ts';

export async function routeSlack(slack: SlackContext, queue: Queue, item: Item): Promise<void> {
  const inbound = parse(JSON.parse(item.payload), slack.identity);
  if (await isTwin(queue, inbound)) return;
  switch (inbound.kind) {
    case 'message_posted':
      return messagePosted(slack, inbound, item.attempts);
    case 'message_edited':
      return messageEdited(slack, inbound);
    case 'message_deleted':
      return messageDeleted(slack, queue, inbound);
    case 'app_message':
      return appMessage(slack, inbound);
    case 'app_joined':
      return appJoined(slack, inbound, item.attempts > 0);
    case 'app_left':
      return rest(slack, inbound.channel, false, inbound.eventId);
    case 'member_joined':
      return memberJoined(slack, inbound);
    case 'member_left':
      return memberLeft(slack, inbound);
    case 'channel_renamed':
      return channelRenamed(slack, inbound);
    case 'channel_archived':
      return rest(slack, inbound.channel, false, inbound.eventId);
    case 'channel_unarchived':
      return rest(slack, inbound.channel, true, inbound.eventId);
    case 'user_changed':
      return userChanged(slack, inbound);
    case 'session_stopped':
      return sessionStopped(slack, inbound);
    case 'button':
      return button(slack, inbound);
    case 'command':
      return command(slack, inbound);
    case 'tokens_revoked':
    case 'app_uninstalled':
      throw new InvalidInput(
        'Slack took the app or its tokens away. Install it again and set the new tokens (docs/slack.md).',
      );
    case 'malformed':
      throw new InvalidInput(inbound.problem);
    case 'view_submitted':
    case 'home_opened':
    case 'ignored':
    case 'unsupported':
      return slack.log('nothing to do', { item: item.id, kind: inbound.kind });
    default:
      inbound satisfies never;
  }
}

/** Slack's own Stop button in a thread. */
async function sessionStopped(
  slack: SlackContext,
  stopped: Extract<Inbound, { kind: 'session_stopped' }>,
): Promise<void> {
  const [pod, person] = await Promise.all([podOf(slack, stopped), personOf(slack, stopped.user)]);
  if (!pod || !person) return;
  const { team, channel, threadTs } = stopped;
  const key = placeKey({ kind: 'slack', team, channel, thread: threadTs });
  const [conversation] = await slack.read.find('conversations', { where: { pod: pod.id, placeKey: key }, limit: 1 });
  if (!conversation) return;
  await slack.act({
    pod: pod.id,
    actor: person.id as ParticipantId,
    via: 'slack',
    action: 'stop_run',
    input: { conversation: conversation.id },
    key: `stop:${stopped.eventId}`,
  });
}
