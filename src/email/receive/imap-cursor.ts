// The position up to which a mailbox was read (RFC 3501 section 2.3.1.1). UIDs only grow while UIDVALIDITY stays the
// same. Pure.

export interface Cursor {
  uidValidity: string;
  /** The last UID that was saved; 0 before the first. */
  uid: number;
  /**
   * When the mailbox was last read, as ISO 8601. If UIDVALIDITY changes, mails from about this time on are read again.
   */
  seenAt: string;
}

/** The properties of a mailbox that the server sends when it is opened. */
export interface Opened {
  uidValidity: string;
  uidNext: number;
}

export type Resume =
  | { kind: 'after'; uid: number }
  /** UIDVALIDITY changed, so mails since `date` are read again. The inbox recognises known ones by their Message-ID. */
  | { kind: 'since'; date: Date };

/** How much earlier the search begins: SINCE of IMAP has only day precision, and the server's clock may differ. */
const OVERLAP_MS = 2 * 24 * 60 * 60_000;

export function resume(cursor: Cursor, opened: Opened): Resume {
  if (cursor.uidValidity === opened.uidValidity) return { kind: 'after', uid: cursor.uid };
  return { kind: 'since', date: new Date(Date.parse(cursor.seenAt) - OVERLAP_MS) };
}

/** Returns the first position in a new mailbox: before only future mails, or before all mails. */
export function firstCursor(opened: Opened, begin: 'now' | 'all', now: Date): Cursor {
  const uid = begin === 'all' ? 0 : opened.uidNext - 1;
  return { uidValidity: opened.uidValidity, uid, seenAt: now.toISOString() };
}

/**
 * Returns the UIDs above `after`. The search `n:*` also returns the last mail if none is new (RFC 3501 section 6.4.8).
 */
export function newUids(found: number[], after: number): number[] {
  return [...new Set(found)].filter((uid) => uid > after).sort((a, b) => a - b);
}
