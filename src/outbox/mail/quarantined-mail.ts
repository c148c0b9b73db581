// Sends the notice about a quarantined mail by mail to one owner. A retry sends the same bytes.

import { quiet, unlinked } from '../../digest/quiet.ts';
import { formatAddress } from '../../email/address.ts';
import { renderAnswer } from '../../email/render/render-mail.ts';
import type { QuarantinedMailDoc } from '../../pods/mail/quarantined-mail.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Texts } from '../../texts/texts.ts';
import type { MailOut } from './mail-out.ts';

/** The parts of a quarantined mail that owners see. */
export interface ShownMail {
  /** The pod's name. */
  pod: string;
  quarantined: QuarantinedMailDoc;
  from: string;
  subject: string;
  excerpt: string;
}

/** Sends the notice. It has no References, because it answers no mail that the owner has. */
export async function mailQuarantined(
  { texts, mail }: { texts: Texts; mail: MailOut },
  owner: PersonDoc,
  shown: ShownMail,
  key: string,
): Promise<void> {
  const { pod, quarantined } = shown;
  const ids = { pod: quarantined.pod, thread: quarantined.id, n: key.replace(/[^A-Za-z0-9_-]/g, '-').slice(-100) };
  await mail.sendOnce(
    key,
    async ({ messageId, date }) => ({
      kind: 'notice',
      from: { name: 'Skein', address: formatAddress(mail.home, { kind: 'bare' }) },
      to: [{ name: owner.name, address: owner.email ?? '' }],
      subject: texts.fill('held-mail', 'subject', { pod }),
      messageId,
      date,
      replyTo: { name: 'Skein', address: await mail.replies.address({ pod: quarantined.pod, thread: quarantined.id }) },
      ...renderAnswer({
        markdown: wordsOf(texts, shown),
        foot: texts.fill('mail-frame', 'member-foot', { name: 'Skein', pod }),
      }),
      loop: mail.loop,
    }),
    ids,
  );
}

/** Returns the text of the notice. The stranger's text in it contains no links. */
function wordsOf({ fill }: Texts, { pod, quarantined, from, subject, excerpt }: ShownMail): string {
  return fill('held-mail', 'mail', {
    pod: quiet(pod),
    reason: quarantined.reason,
    from: unlinked(from, 300),
    subject: unlinked(subject, 300),
    excerpt: unlinked(excerpt, 600),
  });
}
