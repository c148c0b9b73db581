// Work that is done is forgotten after two weeks, and with it what was kept so that it happened once.
import { pruneJournals } from '../outbox/prune.ts';
import type { Chore } from './chores.ts';

/** Slack repeats an event within an hour; a mailbox that was renumbered gives mails of two days once more. */
const RETENTION_MS = 14 * 86_400_000;

export const forgetDone: Chore = {
  name: 'forgetting what is done',
  everyMs: 600_000,
  async work({ store, inbox, outbox }, now) {
    await inbox.prune(now - RETENTION_MS);
    await outbox.prune(now - RETENTION_MS);
    await pruneJournals(store, now - RETENTION_MS);
  },
};
