// What the inbox works with: the one door to change anything, and the one door out to Slack.
import type { Act } from '../pods/act.ts';
import type { Reader } from '../pods/action.ts';
import type { Identity } from '../slack/identify.ts';
import type { Sender } from '../slack/send.ts';

export interface SlackContext {
  act: Act;
  read: Reader;
  sender: Sender;
  identity: Identity;
  /** Reads a private file with the bot's token. */
  download(url: string): Promise<Uint8Array>;
  log(phrase: string, fields: Record<string, unknown>): void;
}
