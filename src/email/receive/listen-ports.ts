// What listening to a mailbox works with.

import type { Logger } from '../../logger.ts';
import type { Envelope, Ingest } from '../mail.ts';
import type { Cursor } from './imap-cursor.ts';

/** A mail that can't be taken: its headers are enough to show it to the owner, and it stays in the mailbox. */
export interface Aside {
  envelope: Envelope;
  /** A sentence. */
  reason: string;
  headers: Uint8Array;
}

export interface ListenPorts {
  /** Resolves when the mail is stored for good; keyed by mailbox and arrival, since after a crash it is handed over again. */
  ingest: Ingest;
  putAside(aside: Aside): Promise<void>;
  loadCursor(mailbox: string): Promise<Cursor | undefined>;
  saveCursor(mailbox: string, cursor: Cursor): Promise<void>;
  now(): Date;
  logger: Logger;
}
