// The dependencies of a mailbox listener.

import type { Logger } from '../../logger.ts';
import type { Envelope, Ingest } from '../mail.ts';
import type { Cursor } from './imap-cursor.ts';

/** A mail that can't be stored. Its headers are shown to the owner, and it stays in the mailbox. */
export interface Aside {
  envelope: Envelope;
  /** A sentence. */
  reason: string;
  headers: Uint8Array;
}

export interface ListenPorts {
  /** Resolves when the mail is stored durably. Keyed by mailbox and arrival, because after a crash the mail comes again. */
  ingest: Ingest;
  putAside(aside: Aside): Promise<void>;
  loadCursor(mailbox: string): Promise<Cursor | undefined>;
  saveCursor(mailbox: string, cursor: Cursor): Promise<void>;
  now(): Date;
  logger: Logger;
}
