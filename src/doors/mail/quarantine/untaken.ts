// A mail that a fault of Skein's own kept from being taken in: the owners of its pods have it, as one that nobody could read.
import { UserFacingError } from '../../../errors.ts';
import type { SavedMail } from '../../../inbox/save-mail.ts';
import type { Item } from '../../../lanes/item.ts';
import type { MailContext } from '../context.ts';
import { quarantineUnread } from './quarantine.ts';

/**
 * Called before a mail is set aside. What was refused is left: whoever runs Skein finds it with the doctor. So is what an owner
 * has accepted: it is kept in the pod.
 */
export async function reportUntaken(mail: MailContext, item: Item, error: unknown): Promise<void> {
  if (error instanceof UserFacingError || item.payload === '') return;
  const saved = JSON.parse(item.payload) as SavedMail;
  const raw = saved.accepted ? undefined : await mail.read.blob(saved.owner, saved.hash);
  if (raw) await quarantineUnread(mail, saved, raw, mail.texts.fill('held-mail', 'untaken'));
}
