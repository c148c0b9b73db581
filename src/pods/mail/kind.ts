// The kind `heldMails`, the mails in quarantine: how they change, and how history describes it.
import { kind } from '../../log/kind.ts';
import {
  evolveQuarantinedMail,
  QUARANTINED_MAILS,
  type QuarantinedMailChange,
  type QuarantinedMailDoc,
} from './quarantined-mail.ts';

export const quarantinedMails = kind<QuarantinedMailDoc, QuarantinedMailChange>({
  ref: QUARANTINED_MAILS,
  indexes: [
    { fields: ['pod', 'state', 'at'] },
    { fields: ['pod', 'state', 'told', 'at'] },
    { fields: ['pod', 'state', 'kept', 'at'] },
    { fields: ['state', 'at'] },
  ],
  evolve: evolveQuarantinedMail,
  describe({ type }) {
    if (type === 'mail_told') return undefined;
    if (type === 'mail_expired') return ['let go', 'a mail that waited for 30 days'];
    return [{ mail_held: 'held', mail_accepted: 'accepted', mail_rejected: 'rejected' }[type], 'a mail'];
  },
});
