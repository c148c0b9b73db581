// Removes finished items after two weeks. Their ids go too, by which a repeat would be recognised.
import { pruneJournals } from '../outbox/prune.ts';
import type { Chore } from './chores.ts';

/**
 * Longer than any repeat: Slack repeats an event within an hour, and a mailbox that was renumbered repeats mails of two
 * days.
 */
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
