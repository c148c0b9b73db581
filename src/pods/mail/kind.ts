// The kind `heldMails`: how a mail in quarantine changes and is told.
import { kind } from '../../log/kind.ts';
import { evolveHeldMail, HELD_MAILS, type HeldMailChange, type HeldMailDoc } from './held-mail.ts';

export const heldMails = kind<HeldMailDoc, HeldMailChange>({
  ref: HELD_MAILS,
  indexes: [
    { fields: ['pod', 'state', 'at'] },
    { fields: ['pod', 'state', 'told', 'at'] },
    { fields: ['pod', 'state', 'kept', 'at'] },
    { fields: ['state', 'at'] },
  ],
  evolve: evolveHeldMail,
  tell({ type }) {
    if (type === 'mail_told') return undefined;
    if (type === 'mail_expired') return ['let go', 'a mail that waited for 30 days'];
    return [{ mail_held: 'held', mail_accepted: 'accepted', mail_rejected: 'rejected' }[type], 'a mail'];
  },
});
