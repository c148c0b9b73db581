// The dependencies of a mailbox listener.

import type { Logger } from '../../logger.ts';
import type { Envelope, Ingest } from '../mail.ts';
import type { Cursor } from './imap-cursor.ts';

/** A mail that can't be stored. An owner sees its headers, and the mail stays in the mailbox. */
export interface Aside {
  envelope: Envelope;
  /** The reason, as a sentence. */
  reason: string;
  headers: Uint8Array;
}

export interface ListenPorts {
  /**
   * Stores a mail, and resolves when it is stored durably. The key is the mailbox and the arrival, because the mail
   * comes again after a crash.
   */
  ingest: Ingest;
  putAside(aside: Aside): Promise<void>;
  loadCursor(mailbox: string): Promise<Cursor | undefined>;
  saveCursor(mailbox: string, cursor: Cursor): Promise<void>;
  now(): Date;
  logger: Logger;
}
