// Dispatches an inbox item from Slack by its kind.

import { InvalidInput } from '../../errors.ts';
import { carriedIn, isTwin, SLACK, SLACK_OF_AGENT } from '../../inbox/save-slack.ts';
import type { Item } from '../../lanes/item.ts';
import { placeKey } from '../../log/place.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import type { Inbound } from '../../slack/parse/inbound.ts';
import { parse } from '../../slack/parse/parse.ts';
import { enter } from '../enter.ts';
import { button } from './buttons.ts';
import { appJoined } from './channels.ts';
import { command } from './commands.ts';
import { carriedBy, type SlackContext } from './context.ts';
import { FILE, fetchFile } from './files.ts';
import { formSubmitted } from './forms/submit.ts';
import { homeOpened } from './home.ts';
import { appMessage, messageDeleted, messageEdited, messagePosted } from './messages.ts';
import { announcePast } from './past/announce.ts';
import { PAST, PAST_ANNOUNCED, readPage } from './past/past.ts';
import { agentChanged } from './people/agents.ts';
import { FOLLOW, follow, memberChanged, userChanged } from './people/members.ts';
import { personOf } from './people/people.ts';
import { channelRenamed, podOf, rest } from './pods.ts';
import { shortcutUsed } from './tasks/from-message.ts';

/** Handles one item of the inbox: an event from Slack, or work that was queued for later. */
export async function handleItem(slack: SlackContext, item: Item): Promise<void> {
  // The payload is empty if the message was deleted while its item was set aside, and somebody then retried the item.
  if (item.payload === '') return slack.logger.info('nothing to do', { item: item.id, kind: 'deleted' });
  switch (item.kind) {
    case SLACK:
    case SLACK_OF_AGENT:
      return routeSlack(slack, item);
    case FILE:
      return fetchFile(slack, item);
    case PAST:
      return readPage(slack, item);
    case PAST_ANNOUNCED:
      return announcePast(slack, item);
    case FOLLOW:
      return follow(slack, (JSON.parse(item.payload) as { channel: string }).channel);
    default:
      throw new InvalidInput(`This Skein does not know inbox items of the kind “${item.kind}”. Update it, then retry.`);
  }
}

async function routeSlack(all: SlackContext, item: Item): Promise<void> {
  const { body, carrier } = carriedIn(item);
  const slack = carriedBy(all, carrier);
  const inbound = parse(body, { ...slack.identity, ...(carrier ? { carrier } : {}) });
  if (await isTwin(slack.queue, inbound)) return;
  switch (inbound.kind) {
    case 'message_posted':
      return messagePosted(slack, inbound, item);
    case 'message_edited':
      return messageEdited(slack, inbound, item);
    case 'message_deleted':
      return messageDeleted(slack, inbound);
    case 'app_message':
      return appMessage(slack, inbound);
    case 'app_joined':
      return appJoined(slack, inbound, item.at);
    case 'member_joined':
    case 'member_left':
      return memberChanged(slack, inbound, item.at);
    case 'agent_joined':
    case 'agent_left':
      return agentChanged(slack, inbound, item.at);
    case 'channel_renamed':
      return channelRenamed(slack, inbound);
    case 'app_left':
    case 'channel_archived':
      return rest(slack, inbound.channel, false);
    case 'channel_unarchived':
      return rest(slack, inbound.channel, true);
    case 'user_changed':
      return userChanged(slack, inbound.user, inbound.eventId);
    case 'home_opened':
      return homeOpened(slack, inbound);
    case 'session_stopped':
      return sessionStopped(slack, inbound);
    case 'button':
      return button(slack, inbound, item.at);
    case 'form':
      return formSubmitted(slack, inbound);
    case 'message_shortcut':
      return shortcutUsed(slack, inbound, item.at);
    case 'command':
      return command(slack, inbound, item.at);
    case 'tokens_revoked':
    case 'app_uninstalled':
      if (inbound.agent) return slack.apps.lost(`agent:${inbound.agent}`, 'Slack took the app or its tokens away.');
      throw new InvalidInput(
        'Slack took the app or its tokens away. Install it again and set the new tokens (docs/slack.md).',
      );
    case 'malformed':
      throw new InvalidInput(inbound.problem);
    case 'ignored':
    case 'unsupported':
      return slack.logger.info('nothing to do', { item: item.id, kind: inbound.kind });
    default:
      inbound satisfies never;
  }
}

/** Handles a click on Slack's own Stop button in a thread. */
async function sessionStopped(
  slack: SlackContext,
  stopped: Extract<Inbound, { kind: 'session_stopped' }>,
): Promise<void> {
  const [pod, person] = await Promise.all([podOf(slack, stopped), personOf(slack, stopped.user)]);
  if (!pod || !person) return;
  const { team, channel, threadTs, agent } = stopped;
  const key = placeKey({ kind: 'slack', team, channel, thread: threadTs });
  const [conversation] = await slack.read.find(CONVERSATIONS, { where: { pod: pod.id, placeKey: key }, limit: 1 });
  if (!conversation) return;
  const input = { conversation: conversation.id, ...(agent ? { agent } : {}) };
  await enter(slack, { as: person, pod, action: 'stop_run', input, via: 'slack', key: `stop:${stopped.eventId}` });
}
