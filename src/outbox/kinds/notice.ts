// Tells one person what waits for them: as a direct message in Slack, else by mail. Its words are stored, so that a retry says the same.
import { NO_LINKS } from '../../digest/facts.ts';
import { formatAddress } from '../../email/address.ts';
import { renderAnswer } from '../../email/render/render-mail.ts';
import { InvalidInput } from '../../errors.ts';
import { idOf } from '../../log/ids.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { ORG } from '../../pods/members/rights.ts';
import { NEEDS } from '../../pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { render } from '../../slack/render/render.ts';
import { type DeliveryKind, MAIL_OUT, SLACK_APP } from '../kind.ts';
import { type NoticeWords, noticeWords } from '../notice-words.ts';
import type { Parts } from '../parts.ts';
import { begun, type SendingDoc } from '../slack/send-once.ts';
import { slackUserOf } from '../slack/slack-user.ts';
import type { WordingDoc } from '../wordings.ts';

type Notice = DeliveryOf<'notice'>;

export const notice: DeliveryKind<'notice'> = {
  lane: ({ person }) => `notice:${person}`,
  resource: ({ through }) => (through === 'slack' ? SLACK_APP : MAIL_OUT),
  // In Slack, and by mail.
  promises: ['look-up', 'byte-identical'],
  async carry(parts, delivery) {
    const person = await parts.read.get(PEOPLE, delivery.person);
    if (person?.state !== 'in') return;
    const words = await wordedOnce(parts, delivery);
    if (!words.lines.length) return;
    if (delivery.through === 'slack') await toSlack(parts, delivery, person, words);
    else await byMail(parts, delivery, person, words);
    await parts.store.collection<WordingDoc>('wordings').delete(delivery.id);
  },
};

async function wordedOnce(parts: Parts, delivery: Notice): Promise<NoticeWords> {
  const wordings = parts.store.collection<WordingDoc>('wordings');
  const before = await wordings.get(delivery.id);
  if (before) return JSON.parse(before.sections) as NoticeWords;
  const links = delivery.through === 'slack' ? parts.slack.links : NO_LINKS;
  const words = await noticeWords({ read: parts.read, texts: parts.texts, links }, delivery);
  const pods = [...new Set(delivery.items.map(({ pod }) => pod))];
  await wordings.insert([{ id: delivery.id, rev: 1, pods, facts: '', sections: JSON.stringify(words) }]);
  return words;
}

async function toSlack(parts: Parts, { id }: Notice, person: PersonDoc, { lines }: NoticeWords): Promise<void> {
  const { sender, team } = parts.slack;
  const user = slackUserOf(person, team);
  if (!user)
    throw new InvalidInput(
      `${person.name} has no account in this Slack workspace, so this notice can't be sent there.`,
    );
  const channel = await sender.openDm(user);
  const sending = parts.store.collection<SendingDoc>('sending');
  const earlier = await begun({ sending, clock: parts.clock }, id);
  // Without real mentions: the notice goes to one person, and names others.
  const { posts } = render({ markdown: lines.join('\n'), people: () => undefined });
  await sender.post({ channel, posts, key: id, resend: earlier !== undefined, oldest: earlier });
}

async function byMail(parts: Parts, delivery: Notice, person: PersonDoc, words: NoticeWords): Promise<void> {
  const { mail, texts } = parts;
  const address = person.accounts.find((account) => account.startsWith('mail:'))?.slice('mail:'.length);
  if (!mail || !address)
    throw new InvalidInput(
      `This notice goes to ${person.name} by mail, and ${mail ? 'they have no address' : 'no mail is set up'}. Set SMTP_URL and MAIL_DOMAIN, or add an address; then retry it.`,
    );
  const { out } = mail;
  const replyTo = await out.replies.address(await answeredTo(parts, delivery));
  await out.sendOnce(
    delivery.id,
    async ({ messageId, date }) => ({
      kind: 'notice',
      from: { name: 'Skein', address: formatAddress(out.home, { kind: 'bare' }) },
      to: [{ name: person.name, address }],
      replyTo: { name: 'Skein', address: replyTo },
      subject: words.subject,
      messageId,
      date,
      ...renderAnswer({
        markdown: words.lines.length > 1 ? words.lines.map((line) => `- ${line}`).join('\n') : words.lines.join(''),
        foot: texts.fill('notice', 'mail-foot'),
      }),
      loop: out.loop,
    }),
    { pod: ORG, thread: 'notice', n: idOf('d', delivery.id) },
  );
}

/** The conversation, if the notice is about one; a reply to a notice about several says in its words what it is about. */
async function answeredTo({ read }: Parts, { items, person }: Notice) {
  const docs = await Promise.all(items.map(({ need }) => read.get(NEEDS, need)));
  const conversations = new Set(docs.map((doc) => doc?.conversation));
  const [conversation] = conversations;
  const [item] = items;
  if (conversations.size === 1 && conversation && item) return { pod: item.pod, thread: conversation, person };
  return { pod: ORG, thread: 'digest' };
}
