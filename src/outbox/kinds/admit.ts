// A mail that an owner accepted goes on its way once more: it is saved in the inbox under the quarantine's id.
import { QUARANTINED_MAILS } from '../../pods/mail/quarantined-mail.ts';
import type { DeliveryKind } from '../kind.ts';

export const admit: DeliveryKind<'admit'> = {
  lane: ({ pod }) => `admit:${pod}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry({ read, readmit }, { pod, mail, by }) {
    const quarantined = await read.get(QUARANTINED_MAILS, mail);
    if (quarantined?.raw) await readmit({ pod, held: mail, by, raw: quarantined.raw });
  },
};
