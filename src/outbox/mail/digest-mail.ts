// Sends a digest by mail to people without Slack, with one-click unsubscribe. A retry sends the same bytes.

import { formatAddress, type MailHome } from '../../email/address.ts';
import { type Outgoing, unsubscribeLink } from '../../email/render/compose-mail.ts';
import { renderDigest } from '../../email/render/render-mail.ts';
import type { OwnId } from '../../email/thread.ts';
import { idOf } from '../../log/ids.ts';
import { shownDay } from '../../pods/local-time.ts';
import { ORG } from '../../pods/members/rights.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Worded } from '../wordings.ts';
import type { ReplyAddresses } from './reply-address.ts';

/** The functions of outgoing mail that a digest uses. */
export interface DigestMailOut {
  home: MailHome;
  loop: string;
  replies: Pick<ReplyAddresses, 'address'>;
  sendOnce(
    key: string,
    compose: (stamp: { messageId: string; date: string }) => Outgoing | Promise<Outgoing>,
    ids: OwnId,
  ): Promise<unknown>;
}

export interface MailDigestDeps {
  texts: Texts;
  mail: DigestMailOut;
  /** Returns the URL of the person's unsubscribe page. Absent if Skein has no public URL. */
  unsubscribeUrl?: (person: string) => Promise<string>;
  /** Returns the id of the thread of the person's unsubscribe address. */
  unsubscribeThread(person: string): string;
}

export async function digestToMail(deps: MailDigestDeps, worded: Worded): Promise<void> {
  const address = addressOf(worded);
  if (!address) return;
  const { texts, mail, unsubscribeUrl, unsubscribeThread } = deps;
  const { id, name } = worded.person;
  const url = await unsubscribeUrl?.(id);
  const ends = await mail.replies.address({ pod: ORG, thread: unsubscribeThread(id) });
  const replyTo = await mail.replies.address({ pod: ORG, thread: 'digest' });
  const { today } = worded.facts;
  const { text, html } = renderDigest({
    greeting: greetingOf(texts, worded),
    sections: sectionsOf(texts, worded),
    foot: texts.fill('digest', 'mail-foot'),
    end: { label: texts.fill('digest', 'end'), url: url ?? unsubscribeLink(ends) },
  });
  await mail.sendOnce(
    worded.key,
    ({ messageId, date }) => ({
      kind: 'notice',
      from: { name: 'Skein', address: formatAddress(mail.home, { kind: 'bare' }) },
      to: [{ name, address }],
      replyTo: { name: 'Skein', address: replyTo },
      subject: texts.fill('digest', 'subject', { day: shownDay(today) }),
      messageId,
      date,
      text,
      html,
      loop: mail.loop,
      unsubscribe: { address: ends, ...(url ? { url } : {}) },
    }),
    { pod: ORG, thread: 'digest', n: idOf('d', worded.key) },
  );
}

function addressOf({ person }: Worded): string | undefined {
  return person.accounts.find((account) => account.startsWith('mail:'))?.slice('mail:'.length);
}

function greetingOf({ fill }: Texts, { person, sections }: Worded): string {
  const greeting = fill('digest', 'greeting', { name: person.name.split(/\s+/)[0] ?? person.name });
  return sections.length ? greeting : `${greeting} ${fill('digest', 'nothing')}`;
}

function sectionsOf({ fill }: Texts, { sections }: Worded): { title: string; markdown: string }[] {
  return sections.map(({ title, url, lines }) => ({
    title,
    markdown: [
      ...lines.map(({ text }) => text),
      ...(url ? [fill('digest', 'open-pod', { pod: title, podUrl: url })] : []),
    ]
      .map((line) => `- ${line}`)
      .join('\n'),
  }));
}
