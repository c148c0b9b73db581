// Tells one person which items wait for them: by a direct message in Slack, or by mail if they have no account there or
// Slack can't be reached for over an hour. The text is stored, so
// that a retry sends the same.
import { InvalidInput, Retryable } from '../../errors.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { localDay } from '../../pods/local-time.ts';
import { NEEDS } from '../../pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { zoneOf } from '../../pods/preferences/zone-of.ts';
import { ownLog } from '../../pods/telling/hearing.ts';
import { stillOpen } from '../../pods/telling/still-open.ts';
import { seqOf } from '../delivery-id.ts';
import { type DeliveryKind, MAIL_OUT, SLACK_APP } from '../kind.ts';
import { noticeMail, sendNoticeMail } from '../mail/notice-mail.ts';
import type { Parts } from '../parts.ts';
import { noticeToSlack } from '../slack/notices/send.ts';
import { passUnreached } from '../unreached.ts';
import type { WordingDoc } from '../wordings.ts';

type Notice = DeliveryOf<'notice'>;

export const notice: DeliveryKind<'notice'> = {
  lane: ({ person }) => `notice:${person}`,
  resource: ({ through }) => (through === 'slack' ? SLACK_APP : MAIL_OUT),
  // The first guarantee is for Slack, the second for mail.
  promises: ['look-up', 'byte-identical'],
  async carry(parts, delivery) {
    const person = await parts.read.get(PEOPLE, delivery.person);
    // Before each attempt: whoever did it meanwhile, or left, is told no more.
    const open = person?.state === 'in' ? await stillToTell(parts, delivery) : { ...delivery, items: [] };
    await release(parts, delivery, open);
    if (!person || !open.items.length) return;
    if (open.through === 'slack') await bySlack(parts, open, person);
    else await byMail(parts, open, person);
    const wordings = parts.store.collection<WordingDoc>('wordings');
    for (const id of [delivery.id, mailed(delivery.id)]) await wordings.delete(id);
  },
  onAside: passUnreached,
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

/** A person who comes back while an item is still open is told of it then. */
async function release({ act }: Parts, { id, person, items }: Notice, open: Notice): Promise<void> {
  for (const item of items) {
    if (open.items.includes(item)) continue;
    await act({
      ...{ pod: ownLog(person), actor: 'skein', via: 'skein', action: 'release_tell' },
      ...{ input: { need: item.need, notice: seqOf(id) }, key: `release:${id}:${item.need}` },
    });
  }
}

/** How long Slack can't be reached until the person is told by mail, in milliseconds. */
export const SLACK_AWAY_MS = 3_600_000;

/** The id of the stored text of a mail. The text for Slack has the delivery's id. */
const mailed = (id: string) => `${id}:mail`;

async function bySlack(parts: Parts, delivery: Notice, person: PersonDoc): Promise<void> {
  const { mail, read, clock, texts } = parts;
  const { email } = person;
  const away = texts.fill('notice', 'slack-away');
  // A mail that was begun may have been sent. Slack may be back by now, but the person is not told twice.
  if (email && (await mail?.out.begun(delivery.id))) return byMail(parts, delivery, person, away);
  try {
    await noticeToSlack(parts, delivery, person);
  } catch (error) {
    if (!(error instanceof Retryable)) throw error;
    const { message, retryAfterMs } = error;
    const [told] = await read.commits(delivery.pod, seqOf(delivery.id), seqOf(delivery.id));
    const since = Math.min(told?.at ?? 0, ...delivery.items.flatMap((item) => item.since ?? []));
    if (!mail || !email || clock() - since < SLACK_AWAY_MS)
      throw new Retryable(message, retryAfterMs, { cause: error, patienceMs: 2 * SLACK_AWAY_MS });
    await byMail(parts, delivery, person, away);
  }
}

/** `before`: a sentence above the items. */
async function byMail(parts: Parts, delivery: Notice, person: PersonDoc, before?: string): Promise<void> {
  const { read, texts, mail, store, clock } = parts;
  const account = person.accounts.find((one) => one.startsWith('mail:'))?.slice('mail:'.length);
  const address = account ?? person.email;
  if (!mail || !address)
    throw new InvalidInput(
      `This notice goes to ${person.name} by mail, and ${mail ? 'they have no address' : 'no mail is set up'}. Set SMTP_URL and MAIL_DOMAIN, or add an address; then retry it.`,
    );
  const { out } = mail;
  const zone = await zoneOf(read, person);
  const today = localDay(zone, clock());
  const words = await wordedOnce(store, delivery, async () => {
    const worded = await noticeMail({ read, texts, out, clock, zone }, delivery, today);
    return worded && before ? { ...worded, markdown: `${before}\n\n${worded.markdown}` } : worded;
  });
  if (words) await sendNoticeMail({ out }, delivery.id, { name: person.name, address }, words);
}

/** Returns the stored text of the notice, or makes and stores it, so that a retry sends the same text. */
async function wordedOnce<W>(
  store: Parts['store'],
  { id, items }: Notice,
  word: () => Promise<W | undefined>,
): Promise<W | undefined> {
  const wordings = store.collection<WordingDoc>('wordings');
  const before = await wordings.get(mailed(id));
  if (before) return JSON.parse(before.sections) as W;
  const words = await word();
  const pods = [...new Set(items.map(({ pod }) => pod))];
  if (words) await wordings.insert([{ id: mailed(id), rev: 1, pods, facts: '', sections: JSON.stringify(words) }]);
  return words;
}
