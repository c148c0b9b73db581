// The dependencies of the inbox's Slack handler.
import type { MailHome } from '../../email/address.ts';
import type { Queue } from '../../lanes/queue.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { Logger } from '../../logger.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { Identity } from '../../slack/send/identify.ts';
import type { Sender } from '../../slack/send/send.ts';
import type { Texts } from '../../texts/texts.ts';
import type { OpenHomes } from './needs/open-homes.ts';
import type { Rosters } from './people/rosters.ts';

export interface SlackContext {
  act: Act;
  read: Reader;
  sender: Sender;
  identity: Identity;
  /** A queue for slow work, so that it does not block a channel's lane. */
  queue: Queue;
  rosters: Rosters;
  /** The Home tabs that are open, which are published anew when something of their person changes. */
  homes: OpenHomes;
  /** Downloads a private file with the bot token. Gives up after `patienceMs` milliseconds. */
  download(url: string, patienceMs: number): Promise<Uint8Array>;
  /** Returns a link to the conversation in Slack. Undefined if the conversation is not in Slack. */
  linkTo(conversation: Pick<ConversationDoc, 'placeKey'>): string | undefined;
  /** The domain and form of Skein's mail addresses. Absent if mail is not configured. */
  mailHome?: MailHome;
  texts: Texts;
  /** Milliseconds since 1970. */
  clock(): number;
  logger: Logger;
}
