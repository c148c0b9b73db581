// Mails that wait for a person's word do not wait for ever: after 30 days they are gone, and the log says so.

import { reasonOf, Told } from '../../../errors.ts';
import { forgetIgnored, IGNORED_KEPT_MS } from '../../../inbox/ignored-mails.ts';
import { MAIL, type SavedMail } from '../../../inbox/save-mail.ts';
import type { Item } from '../../../lanes/item.ts';
import { HELD_MAILS } from '../../../pods/mail/held-mail.ts';
import { MAIL_KEPT_MS } from '../../../pods/mail/settle-mail.ts';
import type { MailContext } from '../context.ts';

type Expiring = Pick<MailContext, 'act' | 'read' | 'blobs' | 'queue' | 'ignored' | 'clock' | 'log'>;

const PAGE = 100;

/** Any process may look, any number of times. */
export async function expireMails(mail: Expiring): Promise<void> {
  const before = mail.clock() - MAIL_KEPT_MS;
  await expireHeld(mail, before);
  await expireAside(mail, before);
  await forgetIgnored(mail.ignored, mail.clock() - IGNORED_KEPT_MS);
}

async function expireHeld({ act, read, log }: Expiring, before: number): Promise<void> {
  for (let full = true; full; ) {
    const where = { state: 'held', at: { lte: before } } as const;
    const old = await read.find(HELD_MAILS, { where, sort: [['at', 'asc']], limit: PAGE });
    const gone = await Promise.all(old.map(({ pod, id }) => expire(pod, id)));
    full = old.length === PAGE && gone.some(Boolean);
  }

  async function expire(pod: string, id: string): Promise<boolean> {
    const request = { pod, actor: 'skein', via: 'email', action: 'expire_mail', key: `expired:${id}` } as const;
    try {
      await act({ ...request, input: { mail: id } });
      return true;
    } catch (error) {
      // An owner was faster.
      if (!(error instanceof Told)) throw error;
      log.info('mail not let go', { pod, reason: reasonOf(error) });
      return false;
    }
  }
}

/** What came to an address of no pod lies in the inbox, for whoever may give a pod that address. */
async function expireAside({ queue, blobs, log }: Expiring, before: number): Promise<void> {
  let after: Item | undefined;
  do {
    const page: Item[] = await queue.items.find({
      where: { state: 'aside', at: { lte: before } },
      sort: [['at', 'asc']],
      limit: PAGE,
      ...(after ? { after } : {}),
    });
    for (const item of page.filter(({ kind }) => kind === MAIL)) {
      const { owner, hash, accepted } = JSON.parse(item.payload) as SavedMail;
      // An owner wants that one.
      if (accepted || !(await queue.items.replace({ ...item, state: 'done', payload: '' }, item.rev))) continue;
      await blobs.remove(owner, hash);
      log.info('mail let go: it lay aside too long', { item: item.id });
    }
    after = page.length === PAGE ? page.at(-1) : undefined;
  } while (after);
}
