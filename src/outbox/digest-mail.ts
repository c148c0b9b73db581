// A digest as a mail, for people without Slack: the same mail however often it is sent, with one click to end it.

import { formatAddress, type MailHome } from '../email/address.ts';
import type { Outgoing } from '../email/compose-mail.ts';
import { renderDigest } from '../email/render-mail.ts';
import type { OwnId } from '../email/thread.ts';
import { idOf } from '../pods/ids.ts';
import { shownDay } from '../pods/local-time.ts';
import type { Worded } from './digest.ts';

/** What of outgoing mail a digest uses. */
export interface DigestMailOut {
  home: MailHome;
  loop: string;
  sendOnce(
    key: string,
    compose: (stamp: { messageId: string; date: string }) => Outgoing | Promise<Outgoing>,
    ids: OwnId,
  ): Promise<unknown>;
}

export interface MailDigestDeps {
  mail: DigestMailOut;
  /** The page on which one person ends their digests. */
  unsubscribeUrl(person: string): Promise<string>;
}

export async function digestToMail({ mail, unsubscribeUrl }: MailDigestDeps, worded: Worded): Promise<void> {
  const address = addressOf(worded);
  if (!address) return;
  const url = await unsubscribeUrl(worded.person.id);
  const { today } = worded.facts;
  const { text, html } = renderDigest({
    greeting: greetingOf(worded),
    sections: sectionsOf(worded),
    unsubscribeUrl: url,
  });
  await mail.sendOnce(
    worded.key,
    ({ messageId, date }) => ({
      kind: 'notice',
      from: { name: 'Skein', address: formatAddress(mail.home, { kind: 'bare' }) },
      to: [{ name: worded.person.name, address }],
      subject: `Your digest, ${shownDay(today)}`,
      messageId,
      date,
      text,
      html,
      loop: mail.loop,
      unsubscribe: { url },
    }),
    { pod: 'org', thread: 'digest', n: idOf('d', worded.key) },
  );
}

function addressOf({ person }: Worded): string | undefined {
  return person.accounts.find((account) => account.startsWith('mail:'))?.slice('mail:'.length);
}

function greetingOf({ person, sections }: Worded): string {
  const first = person.name.split(/\s+/)[0] ?? person.name;
  return sections.length
    ? `Good day ${first}.`
    : `Good day ${first}. Nothing new in your pods, and nothing waits for you.`;
}

function sectionsOf({ sections }: Worded): { title: string; markdown: string }[] {
  return sections.map(({ title, url, lines }) => ({
    title,
    markdown: [...lines, ...(url ? [`[Open ${title}](${url})`] : [])].map((line) => `- ${line}`).join('\n'),
  }));
}
