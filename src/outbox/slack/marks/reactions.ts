// Puts emoji on messages and takes them away. An app without the scope goes on without marks, and says so once.
import { NotAllowed, reasonOf } from '../../../errors.ts';
import type { Logger } from '../../../logger.ts';
import type { Reaction, Sender } from '../../../slack/send/send.ts';
import { codeOf } from '../../../slack/send/slack-errors.ts';

/** How long Slack is not asked again after it has refused for want of the scope, in milliseconds. */
export const WITHOUT_SCOPE_MS = 10 * 60_000;

export interface Reactions {
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
    add: (reaction) => tried(() => deps.sender.react(reaction)),
    remove: (reaction) => tried(() => deps.sender.unreact(reaction)),
  };
}
