// The dependencies of the inbox's Slack handler.
import type { MailHome } from '../../email/address.ts';
import type { Queue } from '../../lanes/queue.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { AgentId } from '../../log/participant.ts';
import type { Logger } from '../../logger.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { Identity } from '../../slack/send/identify.ts';
import type { Sender } from '../../slack/send/send.ts';
import type { Texts } from '../../texts/texts.ts';
import type { OpenHomes } from './needs/open-homes.ts';
import type { Rosters } from './people/rosters.ts';

export interface AgentPresence {
  moved(agent: AgentId, channel: string): void;
  /** `reason`: a sentence. */
  lost(agent: AgentId, reason: string): void;
}

export interface SlackContext {
  act: Act;
  read: Reader;
  sender: Sender;
  /** The main app, and the agents' own apps. */
  identity: Identity;
  /**
   * The agent whose own app carried the event. Absent: the main app. `sender` and `download` are then that app's, because
   * no other is in the agent's direct messages, and a trigger belongs to the app that was told of it.
   */
  carrier?: string;
  /** The agents' own apps: `moved` forgets in which channels one is, `lost` says that Slack took its token away. */
  apps: AgentPresence;
  /** Returns the context of an agent's own app; the main app's for an agent that has none. */
  through(agent: string): SlackContext;
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

/** Returns the context in which what the app of this agent carried is handled. `carrier`: absent for the main app. */
export function carriedBy(slack: SlackContext, carrier: string | undefined): SlackContext {
  return carrier ? slack.through(carrier) : slack;
}
