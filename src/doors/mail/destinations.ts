// Finds the pods that a mail belongs to, by the thread that it answers and by its recipients.

import { addressedTo, type PodAddress } from '../../email/address.ts';
import type { Envelope, Mail, Mailbox } from '../../email/mail.ts';
import { strangersIn } from '../../email/strangers.ts';
import { ownIdsIn } from '../../email/thread.ts';
import type { PersonId } from '../../log/participant.ts';
import { mailKey, mailPodId } from '../../log/place.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { ADDRESSES, addressId } from '../../pods/pod/address.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import { enter } from '../enter.ts';
import type { Destination, MailContext } from './context.ts';
import { noticedBy } from './notices/noticed.ts';
import { openThreadPod, threadPod } from './threads/thread-pod.ts';

/** The most pods that one mail may go to. People address fewer at once. */
const MOST_PODS = 20;

export interface Addressed extends Pick<Mail, 'to' | 'cc' | 'deliveredTo' | 'inReplyTo' | 'references'> {
  unsigned?: Pick<Mail, 'to' | 'cc'>;
}

interface Named extends Pick<Destination, 'namedIn' | 'unsignedIn'> {
  address: PodAddress;
}

/** Returns all addresses of ours in the mail and its envelope. Those in To and Cc come first. */
export function oursIn(mail: MailContext, read: Partial<Addressed>, envelope: Envelope): Named[] {
  const among = (addresses: string[]) => addressedTo(mail.home, addresses);
  const lines = ['to', 'cc'] as const;
  const named = (all: readonly Mailbox[] = []) => among(all.map(({ address }) => address));
  const written: Named[] = [
    ...lines.flatMap((line) => named(read[line]).map((address) => ({ address, namedIn: line }))),
    ...lines.flatMap((line) => named(read.unsigned?.[line]).map((address) => ({ address, unsignedIn: line }))),
  ];
  const brought = among([...(read.deliveredTo ?? []), ...(envelope.rcptTo ?? [])]).map((address) => ({ address }));
  return [...written, ...brought].slice(0, MOST_PODS * 3);
}

/**
 * Returns the pods of a mail, each once. `author`: the proved author; if they write to an agent's own address, the mail
 * goes to their direct pod.
 */
export async function destinationsOf(
  mail: MailContext,
  read: Whole | Partial<Addressed>,
  envelope: Envelope,
  author?: PersonDoc,
  /** True if the mail may open a pod for its thread: it is addressed to us, and nothing about it is in doubt. */
  opens = false,
): Promise<Destination[]> {
  const found = new Map<string, Destination>();
  const named = oursIn(mail, read, envelope);
  const answered = await answeredBy(mail, read);
  if (answered) found.set(answered.pod.id, { ...answered, ...namingOf(named) });
  const seen = new Set<string>();
  const asked: Asked[] = [];
  for (const { address, namedIn, unsignedIn } of named) {
    if (found.size >= MOST_PODS) break;
    if (address.kind !== 'pod') continue;
    // The envelope usually repeats the addresses of the headers.
    const name = `${address.slug} ${address.handle ?? ''}`;
    if (seen.has(name)) continue;
    seen.add(name);
    const to = await addressee(mail, address, author);
    const naming = namedIn ? { namedIn } : unsignedIn ? { unsignedIn } : {};
    if (to && 'agent' in to) asked.push({ handle: to.agent, ...naming });
    else if (to && !found.has(to.pod.id)) found.set(to.pod.id, await withThread(mail, { ...to, ...naming }, read));
  }
  const room = asked.length ? await roomOfAgents(mail, read, asked, [...found.values()], { author, opens }) : undefined;
  if (room && !found.has(room.pod.id)) found.set(room.pod.id, room);
  return [...found.values()];
}

/** An agent whose own address the mail names. */
type Asked = Pick<Destination, 'namedIn' | 'unsignedIn'> & { handle: string };
/** A mail that was read as a whole. Of a mail that can't be read only the recipients are known. */
type Whole = Mail & Partial<Addressed>;

/**
 * Returns the pod in which agents answer that are written to by their own address: the pod of the mail thread where the
 * mail names other people, else the author's own.
 */
async function roomOfAgents(
  mail: MailContext,
  read: Whole | Partial<Addressed>,
  asked: readonly Asked[],
  found: readonly Destination[],
  { author, opens }: { author: PersonDoc | undefined; opens: boolean },
): Promise<Destination | undefined> {
  const [first] = asked;
  if (!first || found.some(({ pod }) => pod.mailThread)) return undefined;
  const { handle, ...its } = asked.find(({ namedIn }) => namedIn) ?? first;
  const known = 'kind' in read && isBeside(mail, read, author) ? await threadPod(mail, read, author) : undefined;
  if (known) return { ...known, ...its, handle };
  if (!author) return undefined;
  const shared = opens && its.namedIn && 'kind' in read && isBeside(mail, read, author);
  const handles = asked.filter(({ namedIn }) => namedIn).map((one) => one.handle);
  const pod = (shared && (await openThreadPod(mail, read, author, handles))) || (await ownPod(mail, author));
  return withThread(mail, { pod, handle, ...its }, read);
}

/** True if the mail names anybody beside its author and us. A mail to agents alone is private. */
function isBeside({ home }: MailContext, read: Mail, author: PersonDoc | undefined): boolean {
  const own = author ? [author.email ?? '', ...author.accounts.map((one) => one.replace(/^mail:/, ''))] : [];
  return strangersIn(read, home, own).length > 0;
}

/** Returns the header that contains any of our addresses. Used for replies, which may go to any of these. */
export function namingOf(named: readonly Named[]): Pick<Destination, 'namedIn' | 'unsignedIn'> {
  const namedIn = named.find((one) => one.namedIn)?.namedIn;
  if (namedIn) return { namedIn };
  const unsignedIn = named.find((one) => one.unsignedIn)?.unsignedIn;
  return unsignedIn ? { unsignedIn } : {};
}

/**
 * Returns the conversation of the newest reference that is ours. Looks each id up, because other programs may make ids
 * of the same form.
 */
export async function answeredBy(mail: MailContext, read: Partial<Addressed>): Promise<Destination | undefined> {
  const ids = ownIdsIn({ inReplyTo: read.inReplyTo ?? [], references: read.references ?? [] }, mail.home.domain);
  for (const id of ids) {
    const noticed = await noticedBy(mail, id);
    if (noticed) return noticed;
    const [pod, conversation] = await Promise.all([
      mail.read.get(PODS, id.pod),
      mail.read.get(CONVERSATIONS, id.thread),
    ]);
    if (pod && conversation?.pod === pod.id) return { pod, conversation };
  }
  return undefined;
}

/**
 * Adds the conversation to the destination, by any id in the references. Needed when a colleague answers another
 * person's mail and the mail contains no id of ours.
 */
export async function withThread(mail: MailContext, to: Destination, read: Partial<Addressed>): Promise<Destination> {
  const conversation = await conversationOf(mail, to.pod, [...(read.inReplyTo ?? []), ...(read.references ?? [])]);
  return conversation ? { ...to, conversation } : to;
}

async function conversationOf(mail: MailContext, pod: PodDoc, ids: string[]): Promise<ConversationDoc | undefined> {
  if (!ids.length) return undefined;
  const places = { in: ids.slice(-50).map(mailKey) };
  const [message] = await mail.read.find(MESSAGES, { where: { pod: pod.id, places }, limit: 1 });
  return message && mail.read.get(CONVERSATIONS, message.conversation);
}

export async function addressee(
  mail: MailContext,
  { slug, handle }: Extract<PodAddress, { kind: 'pod' }>,
  author: PersonDoc | undefined,
): Promise<Destination | { agent: string } | undefined> {
  const address = await mail.read.get(ADDRESSES, addressId(slug));
  const pod = address && (await mail.read.get(PODS, address.of));
  const to = pod && { pod, ...(handle ? { handle } : {}) };
  if (to && (!author || (await isIn(mail, to.pod, author)))) return to;
  // An author who is not in the pod must not learn that it exists. For them, the address means the agent with that
  // name.
  const agent = author || !to ? await mail.read.get(AGENTS, `agent:${slug}`) : undefined;
  return agent ? { agent: agent.handle } : to;
}

export async function isIn({ read }: MailContext, { id }: PodDoc, person: PersonDoc): Promise<boolean> {
  return (await read.get(MEMBERS, memberId(id, person.id as PersonId)))?.state === 'in';
}

/** Returns the author's direct pod. It is made when they first write to an agent. */
async function ownPod(mail: MailContext, author: PersonDoc): Promise<PodDoc> {
  const id = mailPodId(author.id);
  const known = await mail.read.get(PODS, id);
  if (known) return known;
  await enter(mail, {
    as: author,
    pod: { id },
    via: 'email',
    action: 'create_pod',
    input: { name: `${author.name.slice(0, 60)} and Skein, by mail` },
    key: 'own',
    origin: { kind: 'email', messageId: '', direct: true },
  });
  const made = await mail.read.get(PODS, id);
  if (!made) throw new Error('a pod that was just made is not there');
  return made;
}
