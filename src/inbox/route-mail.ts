// A mail from the inbox to what it means: read, judged, its sender proved, then a task, a reply, or quarantine.

import { formatAddress, parseAddress } from '../email/address.ts';
import { authenticate } from '../email/authenticate.ts';
import { type Automatic, judgeAutomatic } from '../email/automatic.ts';
import type { Envelope } from '../email/mail.ts';
import { type OwnId, parseId } from '../email/thread.ts';
import { Conflict, InvalidInput, Retryable, Told } from '../errors.ts';
import type { Item } from '../lanes/item.ts';
import { podsOf } from '../pods/digest-range.ts';
import type { ParticipantId, PersonId } from '../pods/participant.ts';
import { memberId } from '../pods/views/member.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import type { Arrived, Destination, MailContext, Proved } from './mail-context.ts';
import { destinationsOf, namingOf, oursIn } from './mail-destinations.ts';
import { settleDigest } from './mail-digest.ts';
import { doubtOf } from './mail-doubt.ts';
import { holdMail, holdUnread, settleByReply } from './mail-held.ts';
import { isKnown } from './mail-once.ts';
import { keyOf } from './mail-origin.ts';
import { MOST_AN_HOUR, tooMany } from './mail-rate.ts';
import { messageFromReply } from './mail-reply.ts';
import { taskFromAcceptedMail, taskFromMail } from './mail-task.ts';
import type { SavedMail } from './save-mail.ts';

export async function handleMail(mail: MailContext, item: Item): Promise<void> {
  const saved = JSON.parse(item.payload) as SavedMail;
  const raw = await mail.read.blob(saved.owner, saved.hash);
  // It goes last, once all is done: a crash came right after that. Or it was erased since it was accepted.
  if (!raw) return mail.log.info('mail handled before', { item: item.id });
  const read = await mail.reader.read(raw);
  const came = { raw, hash: saved.hash, at: arrivalOf(saved.envelope, item.at) };
  if (saved.accepted) {
    await taskFromAcceptedMail(mail, read, { ...came, ...saved.accepted });
  } else if (read.kind === 'unreadable') {
    await holdUnread(mail, saved, raw, read.reason);
  } else if (saved.aside !== undefined) {
    await holdEverywhere(mail, { mail: read, ...came }, saved.envelope, saved.aside);
  } else {
    await route(mail, { mail: read, ...came }, saved.envelope, item.id);
  }
  // Every pod that it went to keeps a copy of its own.
  if (!saved.accepted) await mail.blobs.remove(saved.owner, saved.hash);
}

/** When its server took it in: after days without a look at the mailbox it is no older than it was then. */
function arrivalOf({ receivedAt = '' }: Envelope, savedAt: number): number {
  const received = Date.parse(receivedAt);
  return Number.isFinite(received) ? Math.min(received, savedAt) : savedAt;
}

async function route(mail: MailContext, arrived: Arrived, envelope: Envelope, id: string): Promise<void> {
  const shown = arrived.mail.from.kind === 'mailbox' ? await personBy(mail, arrived.mail.from.address) : undefined;
  // People may share the domain with the pods: whoever is known as a person is none of ours.
  const isOurs = (address: string) => !shown && parseAddress(mail.home, address) !== undefined;
  const judged = judgeAutomatic({ domain: mail.home.domain, loop: mail.loop, isOurs }, arrived.mail, envelope);
  if (judged.kind !== 'person') return automatic(mail, judged, id);
  const proof = await authenticate(mail.authentication, { raw: arrived.raw, mail: arrived.mail, envelope });
  if (proof.verdict !== 'pass') {
    if (proof.verdict === 'later') throw new Retryable(proof.reason);
    return holdEverywhere(mail, arrived, envelope, proof.reason);
  }
  const author = await personBy(mail, proof.from);
  if (!author)
    return holdEverywhere(mail, arrived, envelope, 'Its sender is genuine, but nobody whom this organisation knows.');
  const proved: Proved = { ...arrived, author, answer: judged.answer };
  // An owner's word on a held mail answers a mail of ours, however late: it has to be sent to us.
  const { namedIn } = namingOf(oursIn(mail, arrived.mail, envelope));
  const addressed = namedIn && !arrived.mail.doubled.length;
  if (addressed && (await settleByReply(mail, arrived, author))) return;
  const destinations = await destinationsOf(mail, arrived.mail, envelope, author);
  if (!destinations.length && addressed && (await settleDigest(mail, proved))) return;
  if (!destinations.length) return noPod(mail, arrived, author, judged.answer);
  const members = await Promise.all(destinations.map((to) => isMember(mail, to, author)));
  await each(destinations, (to, n) =>
    members[n]
      ? deliver(mail, proved, to)
      : holdMail(mail, arrived, to, `Its sender is genuine, but not a member of ${to.pod.name}.`),
  );
  // Whether there is a pod of this address is for its members to know: others hear what they would if there were none.
  if (judged.answer && !members.some(Boolean)) await noPod(mail, arrived, author, true);
}

async function isMember({ read }: MailContext, { pod }: Destination, { id }: PersonDoc): Promise<boolean> {
  return (await read.get('members', memberId(pod.id, id as ParticipantId)))?.state === 'in';
}

/** What fails in one pod is no other's fault: the first such error is thrown at the end. */
async function each(
  destinations: readonly Destination[],
  work: (to: Destination, n: number) => Promise<void>,
): Promise<void> {
  const failed: unknown[] = [];
  for (const [n, to] of destinations.entries()) await work(to, n).catch((error: unknown) => failed.push(error));
  if (failed.length) throw failed.find((error) => !(error instanceof Told)) ?? failed[0];
}

async function deliver(mail: MailContext, arrived: Proved, to: Destination): Promise<void> {
  const { author, answer } = arrived;
  // A copy of one that was taken is not one too many.
  if (await isKnown(mail, arrived, { pod: to.pod.id, by: author.id })) return;
  const doubt = doubtOf(arrived, to);
  if (doubt) return holdMail(mail, arrived, to, doubt);
  if (await tooMany(mail, to, author))
    return holdMail(
      mail,
      arrived,
      to,
      `More than ${MOST_AN_HOUR} mails came from its sender within an hour: a machine may be writing.`,
    );
  try {
    if (to.conversation) await messageFromReply(mail, arrived, { ...to, conversation: to.conversation });
    else await taskFromMail(mail, arrived, to);
  } catch (error) {
    if (!(error instanceof Told) || !answer) throw error;
    // Whoever wrote it can mend it: the pod is archived, the agent is not in it, guests make no tasks.
    const text = `Nothing was done in ${to.pod.name}: ${error.message}`;
    await mail.answer(
      { person: author.id as PersonId, mail: arrived.mail, at: arrived.at, text },
      `told:${keyOf(arrived)}:${to.pod.id}`,
    );
  }
}

/** A machine's mail starts nothing and is not answered. That one of ours did not arrive is said where it belongs. */
async function automatic(mail: MailContext, judged: Exclude<Automatic, { kind: 'person' }>, id: string): Promise<void> {
  mail.log.info('automatic mail left alone', { item: id, kind: judged.kind, reason: judged.reason });
  const { messageId, status } = judged.bounced ?? {};
  const own = messageId ? parseId(messageId, mail.home.domain) : undefined;
  const conversation = own && (await mail.read.get('conversations', own.thread));
  // 4.x.x: the server goes on trying.
  if (!messageId || !conversation || conversation.pod !== own.pod || status?.startsWith('4')) return;
  if (!(await wasSent(mail, own))) return;
  const refused = {
    pod: conversation.pod,
    actor: 'skein',
    via: 'email',
    action: 'post_message',
    input: {
      conversation: conversation.id,
      text: `A mail from this conversation did not arrive: the other server refused it${status ? ` (${status})` : ''}.`,
    },
    key: `bounce:${messageId}`,
  } as const;
  await mail.act(refused).catch((error: unknown) => {
    // It bounced more than once, with other words.
    if (!(error instanceof Conflict)) throw error;
  });
}

/** Nobody proves who writes a bounce: one of a mail that never went out is made up, and there is no end to those. */
async function wasSent({ read }: MailContext, { pod, thread, n }: OwnId): Promise<boolean> {
  const [seq, at] = /^\d{1,15}-\d{1,9}$/.test(n) ? n.split('-').map(Number) : [];
  if (seq === undefined || at === undefined) return false;
  const [commit] = await read.commits(pod, seq, seq);
  const delivery = commit?.deliveries[at];
  return delivery?.kind === 'mail' && delivery.conversation === thread;
}

async function holdEverywhere(mail: MailContext, arrived: Arrived, envelope: Envelope, reason: string): Promise<void> {
  const destinations = await destinationsOf(mail, arrived.mail, envelope);
  if (!destinations.length) throw new InvalidInput(`No pod has an address that this mail names. ${reason}`);
  await each(destinations, (to) => holdMail(mail, arrived, to, reason));
}

/** Somebody we know wrote to an address that means nothing: they hear what would. */
async function noPod(mail: MailContext, arrived: Arrived, author: PersonDoc, answer: boolean): Promise<void> {
  const { mail: read, at } = arrived;
  if (!answer) throw new InvalidInput('No pod has an address that this mail names.');
  const theirs = await addressesFor(mail, author);
  const yours = theirs.length ? `Those that you are in:\n\n${theirs.map((one) => `- ${one}`).join('\n')}\n\n` : '';
  const text = `No pod that you are in has the address you wrote to, so nothing was done. ${yours}A reply to any mail of a pod reaches it as well.`;
  await mail.answer({ person: author.id as PersonId, mail: read, at, text }, `no-pod:${keyOf(arrived)}`);
}

const MOST_LISTED = 30;

/** The pods that somebody is in and can write to, each with its address. */
async function addressesFor({ read, home }: MailContext, { id }: PersonDoc): Promise<string[]> {
  const pods = (await podsOf(read, id as PersonId)).filter(({ state }) => state === 'active').slice(0, MOST_LISTED);
  const found = await Promise.all(pods.map((pod) => read.find('addresses', { where: { of: pod.id }, limit: 1 })));
  return pods.flatMap(({ name }, n) => {
    const slug = found[n]?.[0]?.slug;
    return slug ? [`${name}: ${formatAddress(home, { kind: 'pod', slug })}`] : [];
  });
}

async function personBy(mail: MailContext, address: string): Promise<PersonDoc | undefined> {
  const people = await mail.read.find('people', { where: { accounts: `mail:${address.toLowerCase()}` } });
  // Who left keeps their address on record, also when they came back with another account. It proves nobody where two have it.
  const [person, another] = people.filter(({ state }) => state === 'in');
  return another ? undefined : person;
}
