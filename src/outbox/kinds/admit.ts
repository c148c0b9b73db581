// A mail that an owner accepted goes on its way once more: it is saved in the inbox under the quarantine's id.
import { HELD_MAILS } from '../../pods/mail/held-mail.ts';
import type { DeliveryKind } from '../kind.ts';

export const admit: DeliveryKind<'admit'> = {
  lane: ({ pod }) => `admit:${pod}`,
  resource: 'any',
  promises: ['idempotent'],
  async carry({ read, readmit }, { pod, mail, by }) {
    const held = await read.get(HELD_MAILS, mail);
    if (held?.raw) await readmit({ pod, held: mail, by, raw: held.raw });
  },
};
