// How far a mailbox has been read (RFC 3501 section 2.3.1.1): UIDs only grow, as long as UIDVALIDITY stays. Pure.

export interface Cursor {
  uidValidity: string;
  /** The last UID that was taken; 0 before the first. */
  uid: number;
  /** When the mailbox was last looked at, ISO 8601: after a new UIDVALIDITY only mails from about then on are read again. */
  seenAt: string;
}

/** What the server says of the mailbox when it is opened. */
export interface Opened {
  uidValidity: string;
  uidNext: number;
}

export type Resume =
  | { kind: 'after'; uid: number }
  /** All UIDs are new: what came since may be among them, and what was taken too; the inbox knows it by its Message-ID. */
  | { kind: 'since'; date: Date };

/** IMAP's SINCE knows days only, and the server's clock may differ. */
const OVERLAP_MS = 2 * 24 * 60 * 60_000;

export function resume(cursor: Cursor, opened: Opened): Resume {
  if (cursor.uidValidity === opened.uidValidity) return { kind: 'after', uid: cursor.uid };
  return { kind: 'since', date: new Date(Date.parse(cursor.seenAt) - OVERLAP_MS) };
}

/** Where a mailbox begins that was never read: with what comes from now on, or with all there is. */
export function firstCursor(opened: Opened, begin: 'now' | 'all', now: Date): Cursor {
  const uid = begin === 'all' ? 0 : opened.uidNext - 1;
  return { uidValidity: opened.uidValidity, uid, seenAt: now.toISOString() };
}

/** `n:*` gives the last mail even where nothing is new (RFC 3501 section 6.4.8). */
export function newUids(found: number[], after: number): number[] {
  return [...new Set(found)].filter((uid) => uid > after).sort((a, b) => a - b);
}
