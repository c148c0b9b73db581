// Reads a message that is sent by mail, its recipients, and the headers that keep the mail in its thread.

import { formatAddress, parseAddress } from '../../email/address.ts';
import type { Mailbox } from '../../email/mail.ts';
import type { MailReader } from '../../email/parse/read-mail.ts';
import type { Outgoing } from '../../email/render/compose-mail.ts';
import type { Link } from '../../email/render/render-mail.ts';
import { referencesOf, replySubject, rootId } from '../../email/thread.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import { handleOf, isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import type { MessageParts } from '../../pods/mail/mail-words.ts';
import { shownTo } from '../../pods/mail/message-parts.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import type { Texts } from '../../texts/texts.ts';
import type { MailOut, Stamp } from './mail-out.ts';

export type Mailing = DeliveryOf<'mail'>;

export interface MailDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  out: MailOut;
  reader: Pick<MailReader, 'read'>;
  clock(): number;
  /** Returns a link to the conversation in Slack. Undefined if the conversation exists only in mails. */
  linkTo(conversation: ConversationDoc): string | undefined;
}

/** A message to send by mail, with the documents that this needs. */
export interface MailTarget {
  pod: PodDoc;
  conversation: ConversationDoc;
  message: MessageDoc;
  /** The message's text as people read it. */
  text: string;
  parts: MessageParts;
  to: PersonDoc[];
}

export async function targetOf({ read }: MailDeps, delivery: Mailing): Promise<MailTarget | undefined> {
  const [pod, conversation, message] = await Promise.all([
    read.get(PODS, delivery.pod),
    read.get(CONVERSATIONS, delivery.conversation),
    read.get(MESSAGES, delivery.message),
  ]);
  // A message that was erased in the meantime is not sent.
  if (!pod || !conversation || !message || message.erased) return undefined;
  const shown = await shownTo(read, message);
  const to = await recipients(read, delivery, pod, message);
  return shown && to.length ? { pod, conversation, message, text: shown.text, parts: shown.parts, to } : undefined;
}

/**
 * Returns the recipients who are still members. A recipient with a Slack account gets no message of a person, because
 * they see it in Slack.
 */
export async function recipients(
  read: Reader,
  { to, pod: id, about }: Mailing,
  pod: PodDoc,
  message: MessageDoc,
): Promise<PersonDoc[]> {
  const people = await Promise.all(to.map((one) => read.get(PEOPLE, one)));
  const members = await Promise.all(to.map((one) => read.get(MEMBERS, memberId(id, one))));
  const shownThere = about === 'message' && isPerson(message.by);
  const team = shownThere && pod.place.kind === 'slack' ? `slack:${pod.place.team}:` : undefined;
  return people.filter(
    (person, n): person is PersonDoc =>
      person?.state === 'in' &&
      person.email !== undefined &&
      members[n]?.state === 'in' &&
      !(team && person.accounts.some((account) => account.startsWith(team))),
  );
}

export async function head(
  { read, out }: MailDeps,
  { conversation, to, pod }: MailTarget,
  { messageId, date, facts: { parent, references = [] } }: Stamp,
  from: Mailbox,
): Promise<Omit<Outgoing, 'text' | 'html'>> {
  const title = (await read.texts([conversation.titleRef])).get(conversation.titleRef ?? '') ?? '';
  const root = rootId({ pod: pod.id, thread: conversation.id }, out.home.domain);
  return {
    kind: 'reply',
    from,
    ...addressees(conversation, to),
    subject: replySubject(title),
    messageId,
    date,
    replyTo: { name: from.name, address: await replyAddress(out, conversation, from) },
    ...(parent ? { inReplyTo: parent } : {}),
    references: referencesOf(root, { references: [...references], ...(parent ? { messageId: parent } : {}) }),
    loop: out.loop,
  };
}

/** Returns the recipients, as the mail that is answered had them in To and Cc. */
function addressees({ mail }: ConversationDoc, people: readonly PersonDoc[]): Pick<Outgoing, 'to' | 'cc'> {
  const mailbox = ({ name, email = '' }: PersonDoc) => ({ name, address: email });
  const isCopied = ({ id }: PersonDoc) => mail?.cc?.some((one) => one === id) ?? false;
  const to = people.filter((one) => !isCopied(one));
  // A mail needs somebody in To.
  if (!to.length) return { to: people.map(mailbox) };
  return { to: to.map(mailbox), cc: people.filter(isCopied).map(mailbox) };
}

/** Returns the sender's address with the conversation's token. */
export function replyAddress(out: MailOut, { id, pod }: ConversationDoc, from: Mailbox): Promise<string> {
  const sender = parseAddress(out.home, from.address);
  const { slug, handle } = sender?.kind === 'pod' ? sender : {};
  const known = slug && slug !== 'skein' ? { slug } : {};
  return out.replies.address({ pod, thread: id, ...known, ...(handle ? { handle } : {}) });
}

/** Returns the sender: for an agent its own address in the pod, for a person the pod's address. */
export async function senderOf(
  { read, out }: Pick<MailDeps, 'read' | 'out'>,
  pod: PodDoc,
  by: ParticipantId,
  name: string,
): Promise<Mailbox> {
  const handle = isAgent(by) ? handleOf(by) : undefined;
  if ((pod.direct || pod.mailThread) && handle)
    return { name, address: formatAddress(out.home, { kind: 'pod', slug: handle }) };
  const [address] = await read.find(ADDRESSES, { where: { of: pod.id }, limit: 1 });
  const shown = `${name} (${pod.name})`;
  if (!address) return { name: shown, address: formatAddress(out.home, { kind: 'bare' }) };
  const to = { kind: 'pod', slug: address.slug, ...(handle ? { handle } : {}) } as const;
  return { name: shown, address: formatAddress(out.home, to) };
}

export function linksOf({ fill }: Texts, { facts: { link } }: Stamp): Link[] {
  return link ? [{ label: fill('mail-frame', 'link'), url: link }] : [];
}
