import { expect } from 'chai';
import { CURSOR_SPEC, type CursorDoc, saveCursor } from '../../src/inbox/cursors.ts';
import { memoryStore } from '../store/memory.ts';

describe('how far a mailbox was read', () => {
  const at = (uid: number) => ({ uidValidity: '7', uid, seenAt: '2026-11-21T09:00:00.000Z' });

  it('is kept for each mailbox, the newest word counts, whoever writes at the same time', async () => {
    const cursors = memoryStore([CURSOR_SPEC]).collection<CursorDoc>('cursors');
    await saveCursor(cursors, 'mail', at(1));
    await saveCursor(cursors, 'mail2', at(9));
    await Promise.all([2, 3, 4].map((uid) => saveCursor(cursors, 'mail', at(uid))));
    await saveCursor(cursors, 'mail', at(5));
    expect((await cursors.get('mail'))?.cursor).to.deep.equal(at(5));
    expect((await cursors.get('mail2'))?.cursor).to.deep.equal(at(9));
  });
});
