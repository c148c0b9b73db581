// The stored values by which a mail keeps its place: the mail that it answers, and the link to the conversation in Slack.
import { NotYet } from '../../errors.ts';
import type { SendingFacts } from './mail-out.ts';
import type { MailDeps, MailTarget } from './target.ts';

/** @throws NotYet while the conversation is still being posted to Slack */
export function threadFacts(deps: MailDeps, target: MailTarget): SendingFacts {
  const { conversation } = target;
  const shown = lookThere(target);
  if (shown) waitForThread(deps, target);
  const link = shown ? deps.linkTo(conversation) : undefined;
  const { messageId: parent, references } = conversation.mail ?? {};
  return {
    ...(link ? { link } : {}),
    ...(parent && isReal(parent) ? { parent } : {}),
    ...(parent && references?.length ? { references } : {}),
  };
}

/** False for an id that Skein made for a mail without a Message-ID. */
function isReal(messageId: string): boolean {
  return !messageId.endsWith('@content>');
}

/** True if all recipients can open the link to Slack: all of them get the same mail. */
function lookThere({ to }: MailTarget): boolean {
  return to.every(({ accounts }) => accounts.some((account) => account.startsWith('slack:')));
}

/** The longest time that a mail waits for the conversation's place in Slack, which its link needs. */
const WAIT_MS = 5_000;
const LOOK_MS = 1_250;

function waitForThread({ clock }: MailDeps, { conversation: { place, startedAt } }: MailTarget): void {
  // A start in the future means that the clock was set back. Without this check the mail could wait very long.
  if (place.kind !== 'slack' || place.thread || Math.abs(clock() - startedAt) > WAIT_MS) return;
  throw new NotYet('The thread of this conversation is still being posted.', LOOK_MS);
}
