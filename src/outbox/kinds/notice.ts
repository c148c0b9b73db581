// Tells one person which items wait for them: by a direct message in Slack, or else by mail. The text is stored, so
// that a retry sends the same.
import { InvalidInput } from '../../errors.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { localDay } from '../../pods/local-time.ts';
import { NEEDS } from '../../pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { stillOpen } from '../../pods/telling/still-open.ts';
import { type DeliveryKind, MAIL_OUT, SLACK_APP } from '../kind.ts';
import { noticeMail, sendNoticeMail } from '../mail/notice-mail.ts';
import type { Parts } from '../parts.ts';
import { noticeToSlack } from '../slack/notices/send.ts';
import type { WordingDoc } from '../wordings.ts';

type Notice = DeliveryOf<'notice'>;

export const notice: DeliveryKind<'notice'> = {
  lane: ({ person }) => `notice:${person}`,
  resource: ({ through }) => (through === 'slack' ? SLACK_APP : MAIL_OUT),
  // The first guarantee is for Slack, the second for mail.
  promises: ['look-up', 'byte-identical'],
  async carry(parts, delivery) {
    const person = await parts.read.get(PEOPLE, delivery.person);
    if (person?.state !== 'in') return;
    // Before each attempt: whoever did it meanwhile, or left, is told no more.
    const open = await stillToTell(parts, delivery);
    if (!open.items.length) return;
    if (open.through === 'slack') await noticeToSlack(parts, open, person);
    else await byMail(parts, open, person);
    await parts.store.collection<WordingDoc>('wordings').delete(delivery.id);
  },
};

async function stillToTell({ read, clock }: Parts, delivery: Notice): Promise<Notice> {
  const { person, items } = delivery;
  const open = await Promise.all(
    items.map(async (item) =>
      stillOpen(read, await read.get(NEEDS, item.need), person, item.for && { for: item.for, at: clock() }),
    ),
  );
  return { ...delivery, items: items.filter((_, n) => open[n]) };
}

async function byMail({ read, texts, mail, store, clock }: Parts, delivery: Notice, person: PersonDoc): Promise<void> {
  const address = person.accounts.find((account) => account.startsWith('mail:'))?.slice('mail:'.length);
  if (!mail || !address)
    throw new InvalidInput(
      `This notice goes to ${person.name} by mail, and ${mail ? 'they have no address' : 'no mail is set up'}. Set SMTP_URL and MAIL_DOMAIN, or add an address; then retry it.`,
    );
  const { out } = mail;
  const today = localDay(person.timeZone ?? 'UTC', clock());
  const words = await wordedOnce(store, delivery, () => noticeMail({ read, texts, out }, delivery, today));
  if (words) await sendNoticeMail({ out }, delivery.id, { name: person.name, address }, words);
}

/** Returns the stored text of the notice, or makes and stores it, so that a retry sends the same text. */
async function wordedOnce<W>(
  store: Parts['store'],
  { id, items }: Notice,
  word: () => Promise<W | undefined>,
): Promise<W | undefined> {
  const wordings = store.collection<WordingDoc>('wordings');
  const before = await wordings.get(id);
  if (before) return JSON.parse(before.sections) as W;
  const words = await word();
  const pods = [...new Set(items.map(({ pod }) => pod))];
  if (words) await wordings.insert([{ id, rev: 1, pods, facts: '', sections: JSON.stringify(words) }]);
  return words;
}
