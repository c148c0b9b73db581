// What the inbox works with: the one door to change anything, the one door out to Slack, and its own queue.
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
  /** For what takes long and must not hold up a channel. */
  queue: Queue;
  rosters: Rosters;
  /** Reads a private file with the bot's token, for at most so many milliseconds. */
  download(url: string, patienceMs: number): Promise<Uint8Array>;
  /** Where a conversation can be looked at in Slack; undefined for one that stands elsewhere. */
  linkTo(conversation: Pick<ConversationDoc, 'placeKey'>): string | undefined;
  /** Where mail arrives; absent where pods have none. */
  mailHome?: MailHome;
  texts: Texts;
  logger: Logger;
}
