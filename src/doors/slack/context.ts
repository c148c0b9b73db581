// The dependencies of the inbox for Slack.
import type { MailHome } from '../../email/address.ts';
import type { Queue } from '../../lanes/queue.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { Logger } from '../../logger.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { Identity } from '../../slack/send/identify.ts';
import type { Sender } from '../../slack/send/send.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Rosters } from './people/rosters.ts';

export interface SlackContext {
  act: Act;
  read: Reader;
  sender: Sender;
  identity: Identity;
  /** For slow work that must not block a channel's lane. */
  queue: Queue;
  rosters: Rosters;
  /** Downloads a private file with the bot token. Gives up after `patienceMs`. */
  download(url: string, patienceMs: number): Promise<Uint8Array>;
  /** A link to the conversation in Slack; undefined if it is not in Slack. */
  linkTo(conversation: Pick<ConversationDoc, 'placeKey'>): string | undefined;
  /** Where mail arrives; absent if mail is not configured. */
  mailHome?: MailHome;
  texts: Texts;
  logger: Logger;
}
