// Expires mails to addresses that no pod has. They stay set aside for some time, because somebody may give a pod that
// address.
import type { Item } from '../lanes/item.ts';
import type { Queue } from '../lanes/queue.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/port.ts';
import { MAIL, type SavedMail } from './save-mail.ts';

/** How long a mail to an unknown address is kept: as long as a mail may stay in quarantine. */
const ASIDE_RETENTION_MS = 30 * 24 * 3_600_000;
const PAGE = 100;

interface Aside {
  queue: Queue;
  blobs: Store['blobs'];
  logger: Logger;
}

/** Expires the old mails. Any process may call it at any time. */
export async function forgetAside({ queue, blobs, logger }: Aside, now: number): Promise<void> {
  let after: Item | undefined;
  do {
    const page: Item[] = await queue.items.find({
      where: { state: 'aside', at: { lte: now - ASIDE_RETENTION_MS } },
      sort: [['at', 'asc']],
      limit: PAGE,
      ...(after ? { after } : {}),
    });
    for (const item of page.filter(({ kind }) => kind === MAIL)) {
      const { owner, hash, accepted } = JSON.parse(item.payload) as SavedMail;
      // Mails that an owner has accepted are kept.
      if (accepted || !(await queue.items.replace({ ...item, state: 'done', payload: '' }, item.rev))) continue;
      await blobs.remove(owner, hash);
      logger.info('mail deleted: it was set aside too long', { item: item.id });
    }
    after = page.length === PAGE ? page.at(-1) : undefined;
  } while (after);
}
