// Lists the automatic mails that were ignored: the sender, the time and the reason.
import type { Mail } from '../email/mail.ts';
import type { Collection, CollectionSpec, Doc } from '../store/port.ts';

export interface IgnoredMailDoc extends Doc {
  /** Time of arrival, in milliseconds since 1970. */
  at: number;
  from: string;
  subject: string;
  /** The reason, as a sentence. */
  reason: string;
}

export const IGNORED_SPEC: CollectionSpec = { name: 'ignoredMails', kind: 'journal', indexes: [{ fields: ['at'] }] };

/** How long an ignored mail is listed: as long as a mail may stay in quarantine. */
const IGNORED_RETENTION_MS = 30 * 24 * 3_600_000;
const SHOWN = 200;
const PAGE = 200;

/** Records an ignored mail. `id`: that of its arrival in the inbox, so that a repeated arrival is listed once. */
export async function keepIgnored(
  ignored: Collection<IgnoredMailDoc>,
  id: string,
  { from, subject }: Pick<Mail, 'from' | 'subject'>,
  at: number,
  reason: string,
): Promise<void> {
  const sender = from.kind === 'mailbox' ? `${from.name} <${from.address}>`.trim() : 'an unknown sender';
  await ignored.insert([{ id, rev: 1, at, from: cut(sender, 400), subject: cut(subject, 500), reason }]);
}

export interface Ignored {
  mails: Pick<IgnoredMailDoc, 'at' | 'from' | 'subject' | 'reason'>[];
  /** True if there are more ignored mails than `mails` contains. */
  more: boolean;
}

/** Returns the ignored mails, the newest first. */
export async function ignoredMails(ignored: Collection<IgnoredMailDoc>): Promise<Ignored> {
  const found = await ignored.find({ where: {}, sort: [['at', 'desc']], limit: SHOWN + 1 });
  const mails = found.slice(0, SHOWN).map(({ at, from, subject, reason }) => ({ at, from, subject, reason }));
  return { mails, more: found.length > SHOWN };
}

export async function forgetIgnored(ignored: Collection<IgnoredMailDoc>, now: number): Promise<void> {
  for (let full = true; full; ) {
    const old = await ignored.find({
      where: { at: { lte: now - IGNORED_RETENTION_MS } },
      sort: [['at', 'asc']],
      limit: PAGE,
    });
    for (const { id } of old) await ignored.delete(id);
    full = old.length === PAGE;
  }
}

/** Truncates the text, but never inside a surrogate pair, because half a pair is invalid text. */
function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}
