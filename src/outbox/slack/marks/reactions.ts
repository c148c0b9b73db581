// Puts emoji on messages and takes them away. An app without the scope goes on without marks, and says so once.
import { NotAllowed, Retryable, reasonOf } from '../../../errors.ts';
import type { Logger } from '../../../logger.ts';
import type { Reaction, Sender } from '../../../slack/send/send.ts';
import { codeOf } from '../../../slack/send/slack-errors.ts';

/** How long Slack is not asked again after it has refused for want of the scope, in milliseconds. */
export const WITHOUT_SCOPE_MS = 10 * 60_000;

/**
 * The most marks that are shown at once. Slack takes less than one reaction a second, and a delivery that waits for its
 * limit keeps a worker from answers and runs.
 */
const MOST_AT_ONCE = 8;
/** The time between two reactions at Slack's limit, in milliseconds. */
const PACE_MS = 1_500;
/** A change that has waited for longer counts no more among those that wait, in milliseconds. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** The most messages with an emoji that has to go that are remembered. */
const MOST_OWING = 5_000;
/** How long a mark may be late. */
export const MARK_PATIENCE_MS = 7 * 24 * 3_600_000;

export interface Reactions {
  /** Shows one mark. @throws Retryable if too many are being shown; each is told a later moment than the one before */
  inTurn(show: () => Promise<void>, message?: string): Promise<void>;
  /** Slack shows what it has to on this message. */
  waitsNoMore(message: string): void;
  /** How many messages wait until Slack takes an emoji away from them. */
  removals(): number;
  /** Says whether the message has an emoji that has to be taken away when something changes. */
  owes(message: string, removal: boolean): void;
  /** Returns false if the app lacks the scope. @throws Retryable, or a UserFacingError */
  add(reaction: Reaction): Promise<boolean>;
  remove(reaction: Reaction): Promise<boolean>;
}

export function makeReactions(deps: {
  sender: Pick<Sender, 'react' | 'unreact'>;
  logger: Logger;
  clock(): number;
}): Reactions {
  let refusedUntil = 0;
  let said = false;
  let atWork = 0;
  let lineEnds = 0;
  /** The messages with an emoji that has to go, and since when the change of some of them waits or is under way. */
  const owing = new Set<string>();
  const waiting = new Map<string, number>();

  async function tried(call: () => Promise<void>): Promise<boolean> {
    if (deps.clock() < refusedUntil) return false;
    try {
      await call();
      said = false;
      return true;
    } catch (error) {
      if (!(error instanceof NotAllowed && codeOf(error.cause) === 'missing_scope')) throw error;
      refusedUntil = deps.clock() + WITHOUT_SCOPE_MS;
      if (!said) deps.logger.warn('messages in Slack get no marks', { reason: reasonOf(error) });
      said = true;
      return false;
    }
  }

  return {
    async inTurn(show, message) {
      if (message && owing.has(message) && !waiting.has(message)) waiting.set(message, deps.clock());
      if (atWork >= MOST_AT_ONCE) {
        const now = deps.clock();
        lineEnds = Math.max(lineEnds, now) + PACE_MS;
        throw new Retryable('Slack takes few reactions a minute.', lineEnds - now, { patienceMs: MARK_PATIENCE_MS });
      }
      atWork += 1;
      try {
        await show();
        if (message) waiting.delete(message);
      } finally {
        atWork -= 1;
      }
    },
    waitsNoMore: (message) => void waiting.delete(message),
    removals() {
      // A change that was given up waits no more.
      for (const [message, since] of waiting) if (deps.clock() - since > LONGEST_WAIT_MS) waiting.delete(message);
      return waiting.size;
    },
    owes(message, removal) {
      owing.delete(message);
      if (!removal) return;
      owing.add(message);
      for (const first of owing) if (owing.size > MOST_OWING) owing.delete(first);
    },
    add: (reaction) => tried(() => deps.sender.react(reaction)),
    remove: (reaction) => tried(() => deps.sender.unreact(reaction)),
  };
}
