// One process listens to a mailbox at a time; two would only save everything twice under the same id.
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
  /** This process, in leases. */
  owner: string;
  clock(): number;
  /** Real time that is never set back, for leases. */
  wall(): number;
}

/** Listens from when it holds the mailbox's lease; the lease is let go after the last mail is saved. */
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
        // Its headers stand in its place, in quarantine.
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
