// Removes after 30 days what changed nothing: mails to unknown addresses, mails from machines, and the list of Slack's events
// that were left out.
import { forgetAside } from '../inbox/aside-mails.ts';
import { forgetIgnored, type IgnoredMailDoc } from '../inbox/ignored-mails.ts';
import { forgetLeftOut, type LeftOutDoc } from '../inbox/left-out.ts';
import type { Chore } from './chores.ts';

export const forgetMails: Chore = {
  name: 'forgetting mails',
  everyMs: 3_600_000,
  async work({ store, inbox, logger }, now) {
    await forgetAside({ queue: inbox, blobs: store.blobs, logger }, now);
    await forgetIgnored(store.collection<IgnoredMailDoc>('ignoredMails'), now);
    await forgetLeftOut(store.collection<LeftOutDoc>('leftOutEvents'), now);
  },
};
