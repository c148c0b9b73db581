// Routes a mail from the inbox. Parses it, decides whether it is automatic, authenticates its sender, and then makes a
// task, a reply or a quarantined mail.

import { formatAddress, parseAddress } from '../../email/address.ts';
import { authenticate } from '../../email/authenticate/authenticate.ts';
import type { Envelope } from '../../email/mail.ts';
import { type Automatic, judgeAutomatic, reportInWords } from '../../email/parse/automatic.ts';
import type { Bounced } from '../../email/parse/bounce.ts';
import { InvalidInput, NotAllowed, Retryable, UserFacingError } from '../../errors.ts';
import { keepIgnored } from '../../inbox/ignored-mails.ts';
import type { SavedMail } from '../../inbox/save-mail.ts';
import type { Item } from '../../lanes/item.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';
import { sharedPodsOf } from '../../pods/subscriptions/range.ts';
import { refusalByMail } from '../typed-refusal.ts';
import { reportBounce } from './bounces/bounced.ts';
import { sentAs } from './bounces/sent.ts';
import type { Arrived, Destination, MailContext, Proved } from './context.ts';
import { destinationsOf, namingOf, oursIn } from './destinations.ts';
import { endsDigest, settleDigest } from './digest.ts';
import { leavePod } from './leave.ts';
import { conversationFor } from './notices/noticed.ts';
import { putOffByReply } from './notices/put-off.ts';
import { settledByReply } from './notices/settle-conflict.ts';
import { traceSettledByReply } from './notices/settle-trace.ts';
import { settleNotice } from './notices/several.ts';
import { isKnown } from './once.ts';
import { keyOf } from './origin.ts';
import { doubtOf } from './quarantine/doubt.ts';
import { takeFurther } from './quarantine/further-mail.ts';
import { guestWaits } from './quarantine/guest.ts';
import { quarantine, quarantineUnread, settleByReply } from './quarantine/quarantine.ts';
import { settleQuery } from './queries/settle-query.ts';
import { MOST_AN_HOUR, tooMany } from './rate.ts';
import { messageFromReply } from './reply.ts';
import { provablePart } from './signed.ts';
import { taskFromAcceptedMail, taskFromMail } from './task.ts';
import { joinThread, offerStrangers } from './threads/join-thread.ts';
import { withThreads } from './token.ts';
import { takeFromOutside } from './workflows/from-outside.ts';

export async function handleMail(mail: MailContext, item: Item): Promise<void> {
  const saved = JSON.parse(item.payload) as SavedMail;
  const raw = await mail.read.blob(saved.owner, saved.hash);
  // The blob is removed last. If it is missing, the process crashed just after that, or the accepted mail was erased.
  if (!raw) return mail.logger.info('mail handled before', { item: item.id });
  const read = await mail.reader.read(raw);
  const came = { raw, hash: saved.hash, at: arrivalOf(saved.envelope, item.at) };
  if (saved.accepted) {
    await taskFromAcceptedMail(mail, read, { ...came, ...saved.accepted });
  } else if (read.kind === 'unreadable') {
    await quarantineUnread(mail, saved, raw, read.reason);
  } else if (saved.aside !== undefined) {
    const { arrived, envelope } = await withThreads(mail, { mail: read, ...came }, saved.envelope);
    await holdEverywhere(mail, arrived, envelope, saved.aside);
  } else {
    await route(mail, { mail: read, ...came }, saved.envelope, item.id);
  }
  // Each pod that accepted the mail has stored its own copy.
  if (!saved.accepted) await mail.blobs.remove(saved.owner, saved.hash);
}

/**
 * Returns when the mail server received the mail. A mailbox that was not read for days then does not make its mails
 * newer.
 */
function arrivalOf({ receivedAt = '' }: Envelope, savedAt: number): number {
  const received = Date.parse(receivedAt);
  return Number.isFinite(received) ? Math.min(received, savedAt) : savedAt;
}

async function route(mail: MailContext, came: Arrived, by: Envelope, id: string): Promise<void> {
  const { from, messageId } = came.mail;
  const shown = from.kind === 'mailbox' ? await personBy(mail, from.address) : undefined;
  const ours = {
    loop: mail.loop,
    isOurs: (address: string) => parseAddress(mail.home, address) !== undefined,
    // People's addresses may share the domain with the pods' addresses, and are none of ours.
    isPerson: shown !== undefined,
    wasSent: messageId !== undefined && (await sentAs(mail, messageId)) !== undefined,
  };
  const judged = judgeAutomatic(ours, came.mail, by);
  const { arrived: whole, envelope } = await withThreads(mail, came, by);
  // A known sender's mail is not dropped on a mere suspicion that it is automatic: their authorship is checked first.
  const unsure = judged.kind !== 'person' && !judged.sure && shown;
  if (judged.kind !== 'person' && !unsure) return automatic(mail, whole, judged, id);
  const proof = await authenticate(mail.authentication, { raw: whole.raw, mail: whole.mail, envelope });
  if (proof.verdict === 'later') throw new Retryable(proof.reason);
  if (judged.kind !== 'person' && proof.verdict !== 'pass') return automatic(mail, whole, judged, id);
  if (!shown && (await reportedInWords(mail, whole))) return;
  if (proof.verdict !== 'pass') return holdEverywhere(mail, whole, envelope, proof.reason);
  const author = from.kind === 'mailbox' && proof.from === from.address ? shown : await personBy(mail, proof.from);
  const provable = await provablePart(mail, came, proof.signed);
  if (!author) {
    const theirs = provable.kind === 'arrived' && provable.arrived.isTheirs ? { isTheirs: true as const } : {};
    const reason = 'Its sender is genuine, but nobody whom this organisation knows.';
    const isPlain = judged.kind === 'person' && !judged.doubt;
    const from =
      isPlain && provable.kind === 'arrived' ? (await withThreads(mail, provable.arrived, by)).arrived : undefined;
    return holdEverywhere(mail, { ...whole, ...theirs }, envelope, reason, from);
  }
  if (provable.kind === 'doubt') return holdEverywhere(mail, whole, envelope, provable.reason);
  const { arrived } = await withThreads(mail, provable.arrived, by);
  // Somebody may have added a header to hide that a machine wrote the mail, so the signed headers are judged as well. A
  // header that says “automatic” always counts, because it only prevents effects.
  const signed = proof.signed ? judgeAutomatic(ours, provable.arrived.mail, by) : judged;
  if (signed.kind !== 'person' && signed.sure) return automatic(mail, arrived, signed, id);
  const doubt = doubtIn(judged) ?? doubtIn(signed);
  const answer = [judged, signed].every((one) => one.kind === 'person' && one.answer);
  const listed = judged.kind === 'list' ? { listed: true as const } : {};
  const proved: Proved = { ...arrived, author, answer, ...listed, ...(doubt ? { doubt } : {}) };
  // A command to Skein itself, as in a reply to a digest, counts only if it is addressed to us and recent.
  const read = { ...arrived.mail, ...(arrived.unsigned ? { unsigned: arrived.unsigned } : {}) };
  const naming = namingOf(oursIn(mail, read, envelope));
  const sentOn = doubtOf(arrived, naming);
  const addressed = naming.namedIn && !doubt && !sentOn;
  if (addressed && (await settleByReply(mail, arrived, author))) return;
  if (addressed && judged.kind === 'person' && (await leavePod(mail, proved))) return;
  if (addressed && judged.kind === 'person' && (await settleQuery(mail, proved, read, envelope))) return;
  const opens = Boolean(addressed) && judged.kind === 'person';
  const destinations = await destinationsOf(mail, read, envelope, author, opens);
  // An unsubscribe mail counts even if it is marked as automatic, because a mail program may send it by itself.
  const wants = addressed || (naming.namedIn && !sentOn && endsDigest(mail, arrived.mail));
  if (!destinations.length && wants && (await settleDigest(mail, proved))) return;
  if (!destinations.length && addressed && (await settleNotice(mail, proved))) return;
  if (!destinations.length && judged.kind !== 'person') return automatic(mail, arrived, judged, id);
  // The mail is not answered: somebody who replays it could make us write to its author any number of times.
  if (!destinations.length && sentOn) throw new InvalidInput(`No pod has an address that this mail names. ${sentOn}`);
  if (!destinations.length) return noPod(mail, arrived, author, answer);
  const members = await Promise.all(destinations.map((to) => isMember(mail, to, author)));
  await each(destinations, async (to, n) => {
    if (members[n]) await deliver(mail, proved, to);
    else await quarantine(mail, arrived, to, `Its sender is genuine, but not a member of ${to.pod.name}.`);
  });
  // An outsider gets the same answer as for an unknown address. They can't find out which pods exist.
  if (answer && !sentOn && !members.some(Boolean)) await noPod(mail, arrived, author, true);
}

function doubtIn(judged: Automatic): string | undefined {
  return judged.kind === 'person' ? judged.doubt : `${judged.reason} A machine may have sent it.`;
}

async function isMember({ read }: MailContext, { pod }: Destination, { id }: PersonDoc): Promise<boolean> {
  return (await read.get(MEMBERS, memberId(pod.id, id as ParticipantId)))?.state === 'in';
}

/** Delivers to each pod, even if another one fails. Throws the first error at the end. */
async function each(
  destinations: readonly Destination[],
  work: (to: Destination, n: number) => Promise<void>,
): Promise<void> {
  const failed: unknown[] = [];
  for (const [n, to] of destinations.entries()) await work(to, n).catch((error: unknown) => failed.push(error));
  if (failed.length) throw failed.find((error) => !(error instanceof UserFacingError)) ?? failed[0];
}

async function deliver(mail: MailContext, arrived: Proved, to: Destination): Promise<void> {
  const { author, answer } = arrived;
  // A copy of a known mail does not count for the rate limit.
  if (await isKnown(mail, arrived, { pod: to.pod.id, by: author.id, listed: arrived.listed === true })) return;
  const doubt = arrived.doubt ?? doubtOf(arrived, to);
  const waits =
    doubt ??
    ((await tooMany(mail, to, author)) &&
      `More than ${MOST_AN_HOUR} mails came from its sender within an hour: a machine may be writing.`);
  if (waits) {
    await quarantine(mail, arrived, to, waits);
    return;
  }
  try {
    if (await putOffByReply(mail, arrived, to)) return;
    if (await settledByReply(mail, arrived, to)) return;
    if (await traceSettledByReply(mail, arrived, to)) return;
    if (to.pod.mailThread) await joinThread(mail, arrived, to.pod);
    const conversation = await conversationFor(mail, arrived, to);
    if (conversation) await messageFromReply(mail, arrived, { ...to, conversation });
    else await taskOrWait(mail, arrived, to);
    if (to.pod.mailThread) await offerStrangers(mail, arrived, to.pod);
  } catch (error) {
    if (!(error instanceof UserFacingError) || !answer) throw error;
    // The author can correct these refusals: the pod is archived, or the agent is not in it.
    const text = mail.texts.fill('mail-refused', 'in-a-pod', { pod: to.pod.name, reason: refusalByMail(error) });
    await mail.answer(
      { person: author.id as PersonId, mail: arrived.mail, at: arrived.at, text },
      `told:${keyOf(arrived)}:${to.pod.id}`,
    );
  }
}

/** Makes a task. The mail of a guest, who may make none, waits for an owner. */
async function taskOrWait(mail: MailContext, arrived: Proved, to: Destination): Promise<void> {
  try {
    await taskFromMail(mail, arrived, to);
  } catch (error) {
    if (!(error instanceof NotAllowed) || !(await guestWaits(mail, arrived, to))) throw error;
  }
}

/**
 * Stores an automatic mail in the list of ignored mails, and answers nothing. A bounce of one of our mails is reported in
 * that mail's conversation instead.
 */
async function automatic(
  mail: MailContext,
  arrived: Arrived,
  { kind, reason, bounced }: Exclude<Automatic, { kind: 'person' }>,
  id: string,
): Promise<void> {
  mail.logger.info('automatic mail ignored', { item: id, kind, reason });
  const outcome = bounced ? await reportBounce(mail, bounced) : undefined;
  if (outcome === 'reported') return;
  const more = {
    pending: ' The mail has arrived, or its server goes on trying.',
    unknown: ' It names no mail that was sent from here.',
  };
  await keepIgnored(mail.ignored, id, arrived.mail, arrived.at, `${reason}${outcome ? more[outcome] : ''}`);
}

/**
 * Reports a bounce that a server sent as an ordinary mail. Returns false unless it contains the id of a mail that Skein
 * sent.
 */
async function reportedInWords(mail: MailContext, { mail: read }: Arrived): Promise<boolean> {
  const bounced: Bounced | undefined = reportInWords(read);
  return bounced !== undefined && (await reportBounce(mail, bounced)) === 'reported';
}

/**
 * `from`: the proved part of a stranger's mail, which may join the conversation that their first mail began, or start the
 * workflow that a pod has set for such mails.
 */
async function holdEverywhere(
  mail: MailContext,
  arrived: Arrived,
  envelope: Envelope,
  reason: string,
  from?: Arrived,
): Promise<void> {
  const destinations = await destinationsOf(mail, arrived.mail, envelope);
  if (!destinations.length) throw new InvalidInput(`No pod has an address that this mail names. ${reason}`);
  await each(destinations, async (to) => {
    const joins = from && (await takeFurther(mail, from, to));
    if (joins?.kind === 'taken') return;
    const taken = joins?.reason ? joins : from && (await takeFromOutside(mail, from, to));
    if (taken?.kind === 'taken') return;
    await quarantine(mail, arrived, to, [reason, taken?.reason].filter(Boolean).join(' '));
  });
}

/** Tells a known person who wrote to an unused address which addresses they can use. */
async function noPod(mail: MailContext, arrived: Arrived, author: PersonDoc, answer: boolean): Promise<void> {
  const { mail: read, at } = arrived;
  if (!answer) throw new InvalidInput('No pod has an address that this mail names.');
  const theirs = await addressesFor(mail, author);
  const { fill } = mail.texts;
  const text = theirs.length
    ? fill('mail-refused', 'address', { addresses: theirs.map((one) => `- ${one}`).join('\n') })
    : fill('mail-refused', 'address-without-pods');
  await mail.answer({ person: author.id as PersonId, mail: read, at, text }, `no-pod:${keyOf(arrived)}`);
}

const MOST_LISTED = 30;

/** Returns the addresses of the pods that a person may write to. */
async function addressesFor({ read, home }: MailContext, { id }: PersonDoc): Promise<string[]> {
  const pods = (await sharedPodsOf(read, id as PersonId))
    .filter(({ state }) => state === 'active')
    .slice(0, MOST_LISTED);
  const found = await Promise.all(pods.map((pod) => read.find(ADDRESSES, { where: { of: pod.id }, limit: 1 })));
  return pods.flatMap(({ name }, n) => {
    const slug = found[n]?.[0]?.slug;
    return slug ? [`${name}: ${formatAddress(home, { kind: 'pod', slug })}`] : [];
  });
}

async function personBy(mail: MailContext, address: string): Promise<PersonDoc | undefined> {
  const people = await mail.read.find(PEOPLE, { where: { accounts: `mail:${address.toLowerCase()}` } });
  // A person who left still has an address on record. An address that two people share proves neither of them.
  const [person, another] = people.filter(({ state }) => state === 'in');
  return another ? undefined : person;
}
