// Saves an accepted mail in the inbox again, under an id made from its id in quarantine.
import { QUARANTINED_MAILS } from '../../../pods/mail/quarantined-mail.ts';
import type { DeliveryKind } from '../../kind.ts';

export const admit: DeliveryKind<'admit'> = {
  lane: ({ pod }) => `admit:${pod}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry({ read, readmit }, { pod, mail, by }) {
    const quarantined = await read.get(QUARANTINED_MAILS, mail);
    if (quarantined?.raw) await readmit({ pod, held: mail, by, raw: quarantined.raw });
  },
};
