// The agents' own Slack apps: which of them work, and in which channels each is.
import { Retryable, reasonOf, UserFacingError } from '../../../errors.ts';
import type { AgentId } from '../../../log/participant.ts';
import type { Sender } from '../../../slack/send/send.ts';
import { codeOf, refusesToken } from '../../../slack/send/slack-errors.ts';
import type { Reactions } from '../marks/reactions.ts';
import type { SharedFile } from '../remove-file.ts';

export interface AgentApp {
  agent: AgentId;
  /** The user id of the app's bot, by which people mention the agent. */
  user: string;
  sender: Sender;
  reactions: Reactions;
  removeFile(file: SharedFile): Promise<void>;
  /** True while this process speaks for the app. */
  isOurs(): boolean;
}

export interface AgentApps {
  /** Returns the agent's own app. Undefined if it has none, or Slack refuses its token. */
  of(agent: AgentId): AgentApp | undefined;
  all(): AgentApp[];
  /** True if the agent's own app is in the channel. Slack is asked once for each channel. */
  isIn(agent: AgentId, channel: string): Promise<boolean>;
  /** Forgets where the app is, because it was invited or removed. */
  moved(agent: AgentId, channel: string): void;
  /** From now on the main app speaks for the agent. `reason`: a sentence of Slack's refusal. */
  lost(agent: AgentId, reason: string): void;
}

/** The most channels whose members are remembered. */
const MOST_CHANNELS = 5_000;

/** The codes by which Slack says that the app is not in the channel. */
const ELSEWHERE = new Set(['not_in_channel', 'channel_not_found']);

/** `onLost`: called once when Slack refuses the token of an app. */
export function makeAgentApps(apps: readonly AgentApp[], onLost: (agent: AgentId, reason: string) => void): AgentApps {
  const working = new Map(apps.map((app) => [app.agent, guarded(app)]));
  const places = new Map<string, boolean>();

  /** Makes the next attempt go another way: through the main app, if the app's own way is closed. */
  function guarded(app: AgentApp): AgentApp {
    const through = async <T>(channel: unknown, call: () => Promise<T>): Promise<T> => {
      try {
        return await call();
      } catch (error) {
        throw closed(app.agent, typeof channel === 'string' ? channel : undefined, error);
      }
    };
    const sender = Object.fromEntries(
      Object.entries(app.sender).map(([name, method]) => [
        name,
        (asked: unknown, ...rest: unknown[]) =>
          through(channelIn(asked), () => (method as (...all: unknown[]) => Promise<unknown>)(asked, ...rest)),
      ]),
    ) as unknown as Sender;
    return { ...app, sender, removeFile: (file) => through(file.channel, () => app.removeFile(file)) };
  }

  function closed(agent: AgentId, channel: string | undefined, error: unknown): unknown {
    if (!(error instanceof UserFacingError)) return error;
    if (refusesToken(error)) {
      lost(agent, reasonOf(error));
      return new Retryable(reasonOf(error), 0, { cause: error });
    }
    if (!channel || !ELSEWHERE.has(codeOf(error.cause) ?? '')) return error;
    // It was there a moment ago, or Slack would not have been asked.
    const was = places.get(keyOf(agent, channel));
    remember(agent, channel, false);
    return was ? new Retryable(reasonOf(error), 0, { cause: error }) : error;
  }

  function remember(agent: AgentId, channel: string, here: boolean): void {
    places.set(keyOf(agent, channel), here);
    for (const first of places.keys()) if (places.size > MOST_CHANNELS) places.delete(first);
  }

  function lost(agent: AgentId, reason: string): void {
    if (working.delete(agent)) onLost(agent, reason);
  }

  return {
    of: (agent) => working.get(agent),
    all: () => [...working.values()],
    async isIn(agent, channel) {
      const app = working.get(agent);
      const known = places.get(keyOf(agent, channel));
      if (!app || known !== undefined) return Boolean(app && known);
      const here = await isThere(app, channel);
      if (here !== undefined) remember(agent, channel, here);
      return here ?? false;
    },
    moved: (agent, channel) => void places.delete(keyOf(agent, channel)),
    lost,
  };
}

/** Undefined if Slack has just refused the app's token. @throws Retryable if Slack can't be reached */
async function isThere({ sender }: AgentApp, channel: string): Promise<boolean | undefined> {
  try {
    return (await sender.channelInfo(channel)).member;
  } catch (error) {
    if (error instanceof Retryable) {
      if (error.retryAfterMs === 0) return undefined;
      throw error;
    }
    if (error instanceof UserFacingError) return false;
    throw error;
  }
}

function keyOf(agent: AgentId, channel: string): string {
  return `${agent}:${channel}`;
}

function channelIn(asked: unknown): unknown {
  return typeof asked === 'object' && asked !== null && 'channel' in asked ? asked.channel : undefined;
}
