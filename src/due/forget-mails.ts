// Removes mails that changed nothing after 30 days: mails to unknown addresses, and mails from machines.
import { forgetAside } from '../inbox/aside-mails.ts';
import { forgetIgnored, type IgnoredMailDoc } from '../inbox/ignored-mails.ts';
import type { Chore } from './chores.ts';

export const forgetMails: Chore = {
  name: 'forgetting mails',
  everyMs: 3_600_000,
  async work({ store, inbox, logger }, now) {
    await forgetAside({ queue: inbox, blobs: store.blobs, logger }, now);
    await forgetIgnored(store.collection<IgnoredMailDoc>('ignoredMails'), now);
  },
};
