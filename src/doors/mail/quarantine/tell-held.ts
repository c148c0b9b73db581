// Mails that were held in the hour after their owners heard of one are not left in silence: when it is over, they hear how many wait.

import { Told } from '../../../errors.ts';
import { HELD_MAILS } from '../../../pods/mail/held-mail.ts';
import type { MailContext } from '../context.ts';

const PAGE = 1000;

/** Any process may look, any number of times: the pod's log knows who was told. */
export async function tellHeld({ act, read }: Pick<MailContext, 'act' | 'read'>): Promise<void> {
  const where = { state: 'held', told: false } as const;
  const silent = await read.find(HELD_MAILS, { where, sort: [['at', 'desc']], limit: PAGE });
  const newest = new Map(silent.toReversed().map((mail) => [mail.pod, mail.id]));
  for (const [pod, id] of newest)
    await act({
      pod,
      actor: 'skein',
      via: 'email',
      action: 'tell_held_mails',
      input: {},
      key: `tell-held:${id}`,
    }).catch((error: unknown) => {
      // The hour is not over, or another process was faster.
      if (!(error instanceof Told)) throw error;
    });
}
