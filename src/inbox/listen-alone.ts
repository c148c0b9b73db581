// Lets one process at a time listen to a mailbox. A second process would only save each mail again under the same id.
import type { Envelope } from '../email/mail.ts';
import type { ImapAccount } from '../email/receive/imap-settings.ts';
import { type Listening, listenImap } from '../email/receive/listen-imap.ts';
import type { Queue } from '../lanes/queue.ts';
import { type LeaseDoc, startLease } from '../lanes/start-lease.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/port.ts';
import { type CursorDoc, saveCursor } from './cursors.ts';
import { saveMail } from './save-mail.ts';

export interface ListenDeps {
  store: Store;
  inbox: Queue;
  /** The id of this process, as the holder of leases. */
  owner: string;
  clock(): number;
  /** Returns the time of the clock for leases. It is real time and is never set back. */
  wall(): number;
}

/** Listens while this process holds the mailbox's lease. Releases the lease after the last mail is saved. */
export async function listenAlone(
  { store, inbox, owner, clock, wall }: ListenDeps,
  account: ImapAccount,
  ingest: (raw: Uint8Array, envelope: Envelope) => Promise<void>,
  logger: Logger,
): Promise<{ stop(): Promise<void> }> {
  const cursors = store.collection<CursorDoc>('cursors');
  let listening: Listening | undefined;
  let stopped = false;
  const begin = () => {
    if (stopped) return;
    listening ??= listenImap({
      accounts: [account],
      ports: {
        ingest,
        // The mail's headers are quarantined instead of the mail.
        putAside: ({ envelope, reason, headers }) =>
          saveMail({ queue: inbox, blobs: store.blobs }, headers, envelope, reason),
        loadCursor: async (mailbox) => (await cursors.get(mailbox))?.cursor,
        saveCursor: (mailbox, cursor) => saveCursor(cursors, mailbox, cursor),
        now: () => new Date(clock()),
        logger,
      },
    });
  };
  const leases = store.collection<LeaseDoc>('leases');
  const lease = await startLease(leases, `mail:${account.name}`, { owner, wall, logger, onLeased: begin });
  return {
    async stop() {
      stopped = true;
      try {
        await listening?.stop();
      } finally {
        await lease.stop();
      }
    },
  };
}
