// Stores the position up to which each mailbox was read, in the same store as the mails. Neither can then be newer than
// the other, for example after a backup is restored.
import type { Cursor } from '../email/receive/imap-cursor.ts';
import type { Collection, CollectionSpec, Doc } from '../store/port.ts';

/** The document's id is the name of the mailbox. */
export interface CursorDoc extends Doc {
  cursor: Cursor;
}

export const CURSOR_SPEC: CollectionSpec = { name: 'cursors', kind: 'journal', indexes: [] };

export async function saveCursor(cursors: Collection<CursorDoc>, mailbox: string, cursor: Cursor): Promise<void> {
  for (;;) {
    const known = await cursors.get(mailbox);
    if (!known) {
      if ((await cursors.insert([{ id: mailbox, rev: 1, cursor }]))[0] === 'inserted') return;
    } else if (await cursors.replace({ ...known, cursor }, known.rev)) return;
  }
}
