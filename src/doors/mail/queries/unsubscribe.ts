// The query “unsubscribe”: how somebody gets fewer mails. It ends nothing by itself, because there are several things to end.
import { ownIdsIn } from '../../../email/thread.ts';
import { ORG } from '../../../pods/members/rights.ts';
import type { Query } from './query.ts';

const ASKED =
  /^(?:unsubscribe(?: me)?|(?:please )?(?:remove me|take me off)|(?:no|fewer|less) (?:more )?(?:e-?)?mails?)$/i;

export const UNSUBSCRIBE_QUERY: Query = {
  example: 'unsubscribe',
  read: (line) => (ASKED.test(line) ? '' : undefined),
  async answer({ home, texts: { fill } }, { arrived, pods }) {
    // In a reply to a digest the word ends the digests.
    if (ownIdsIn(arrived.mail, home.domain).some(({ pod }) => pod === ORG)) return undefined;
    return { text: fill('mail-query', 'fewer-mails', { pods: pods.map(({ name }) => name).join(', ') }) };
  },
};
