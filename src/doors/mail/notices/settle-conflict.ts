// Settles which version of a file is right, by “keep mine”, “keep theirs” or “keep both” in a reply to the notice.
import { ownText } from '../../../email/quotes/own-text.ts';
import { enter } from '../../enter.ts';
import { conflictSaid } from '../../notices/conflict-said.ts';
import type { Destination, MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';

/** Returns false if the mail says anything else. @throws UserFacingError if it is settled already */
export async function settledByReply(mail: MailContext, arrived: Proved, { need }: Destination): Promise<boolean> {
  const said = { person: arrived.author.id, text: ownText(arrived.mail) };
  const input = need && (await conflictSaid(mail.read, need, said));
  if (!need || !input) return false;
  await enter(mail, {
    ...{ as: arrived.author, pod: { id: need.pod }, via: 'email', action: 'settle_conflict', input },
    key: `keep:${keyOf(arrived)}`,
  });
  return true;
}
