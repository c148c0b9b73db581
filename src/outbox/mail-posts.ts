// What is said in a conversation, as mail to those who follow it by mail; and the one acknowledgement of a mail.
import { formatAddress, parseAddress } from '../email/address.ts';
import type { Outgoing } from '../email/compose-mail.ts';
import type { Mailbox } from '../email/mail.ts';
import type { MailReader } from '../email/read-mail.ts';
import { type Link, renderAcknowledgement, renderAnswer } from '../email/render-mail.ts';
import { referencesOf, replySubject, rootId } from '../email/thread.ts';
import { Conflict, InvalidInput, Retryable } from '../errors.ts';
import type { Act } from '../pods/act.ts';
import type { Reader } from '../pods/action.ts';
import type { Delivery } from '../pods/commit.ts';
import { called, namesOfAll, peopleOf } from '../pods/directory.ts';
import { unframed } from '../pods/mail-frame.ts';
import { handleOf, isAgent, isPerson, type ParticipantId } from '../pods/participant.ts';
import type { ConversationDoc } from '../pods/views/conversation.ts';
import { memberId } from '../pods/views/member.ts';
import type { MessageDoc } from '../pods/views/message.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import type { PodDoc } from '../pods/views/pod.ts';
import type { TaskDoc } from '../pods/views/task.ts';
import type { MailOut, Stamp } from './mail-out.ts';
import { strangersIn, understoodWords } from './understood.ts';

export type Mailing = Extract<Delivery, { kind: 'mail' }>;

export interface MailDeps {
  act: Act;
  read: Reader;
  out: MailOut;
  reader: Pick<MailReader, 'read'>;
  clock(): number;
  /** Where a person can look at the conversation; absent where it stands nowhere but in mails. */
  linkTo(conversation: ConversationDoc): string | undefined;
}

/** A message that goes out by mail, with all that it is made of. */
interface MailTarget {
  pod: PodDoc;
  conversation: ConversationDoc;
  message: MessageDoc;
  text: string;
  to: PersonDoc[];
}

export async function carryMail(deps: MailDeps, delivery: Mailing): Promise<void> {
  const target = await targetOf(deps, delivery);
  if (!target) return;
  const { pod, conversation } = target;
  const shown = lookThere(target);
  if (shown) waitForThread(deps, target);
  const link = shown ? deps.linkTo(conversation) : undefined;
  const { messageId: parent, references } = conversation.mail ?? {};
  const n = delivery.id.split(':').slice(-2).join('-');
  const task = delivery.about === 'acknowledgement' ? await taskOf(deps.read, conversation.id) : undefined;
  const sending = deps.out.sendOnce(
    delivery.id,
    (stamp) => (task ? acknowledged(deps, target, task, stamp) : said(deps, target, stamp)),
    { pod: pod.id, thread: conversation.id, n },
    {
      ...(link ? { link } : {}),
      ...(parent && isReal(parent) ? { parent } : {}),
      ...(parent && references?.length ? { references } : {}),
      ...(task?.assignee ? { assignee: task.assignee } : {}),
      ...(task?.followers?.length ? { followers: task.followers } : {}),
    },
  );
  const refused = await sending.catch(async (error: unknown) => {
    if (error instanceof InvalidInput) await tellRefused(deps, delivery);
    throw error;
  });
  if (refused.length) await tellUnreached(deps, delivery, target, refused);
}

/** A mail without an id is known here by one that nobody else has. */
function isReal(messageId: string): boolean {
  return !messageId.endsWith('@content>');
}

/** Others got it: the conversation hears once whom it did not reach. */
async function tellUnreached(
  { act }: MailDeps,
  delivery: Mailing,
  { to }: MailTarget,
  refused: string[],
): Promise<void> {
  const lower = refused.map((address) => address.toLowerCase());
  const names = to.filter(({ email = '' }) => lower.includes(email.toLowerCase())).map(({ name }) => name);
  const whom = names.length ? names.join(', ') : 'everybody it was for';
  const text = `A mail from this conversation did not reach ${whom}: the mail server refused the address. Check it, and tell them another way.`;
  const { id, pod, conversation } = delivery;
  const input = { conversation, text };
  await act({ pod, actor: 'skein', via: 'email', action: 'post_message', input, key: `unreached:${id}` }).catch(
    (error: unknown) => {
      // It was said before, of people who go by other names now.
      if (!(error instanceof Conflict)) throw error;
    },
  );
}

/** As with a bounce: who waits for an answer is not left to believe that it went out. */
async function tellRefused({ act }: MailDeps, { id, pod, conversation }: Mailing): Promise<void> {
  const text = 'A mail from this conversation could not be sent: the mail server refused it. `skein outbox` says why.';
  const input = { conversation, text };
  await act({ pod, actor: 'skein', via: 'email', action: 'post_message', input, key: `unsent:${id}` });
}

/** The one that the mail became: agents may have made more in its conversation since. */
async function taskOf(read: Reader, conversation: string): Promise<TaskDoc | undefined> {
  const tasks = await read.find('tasks', { where: { conversation }, limit: 100 });
  return tasks.sort((a, b) => a.number - b.number)[0];
}

/** A link leads into Slack: one mail to several people has it where it serves them all. */
function lookThere({ to }: MailTarget): boolean {
  return to.every(({ accounts }) => accounts.some((account) => account.startsWith('slack:')));
}

/** For so long a mail waits until Skein knows where in Slack its conversation stands, so that its link leads there. */
const WAIT_MS = 5_000;
/** Each wait is an attempt, and most attempts are for a mail server that is away. */
const LOOK_MS = 1_250;

function waitForThread({ clock }: MailDeps, { conversation: { place, startedAt } }: MailTarget): void {
  // Begun in what is the future now: the clock was set back, and nobody knows for how long it would wait.
  if (place.kind !== 'slack' || place.thread || Math.abs(clock() - startedAt) > WAIT_MS) return;
  throw new Retryable('The thread of this conversation is still being posted.', LOOK_MS);
}

async function targetOf({ read }: MailDeps, delivery: Mailing): Promise<MailTarget | undefined> {
  const [pod, conversation, message] = await Promise.all([
    read.get('pods', delivery.pod),
    read.get('conversations', delivery.conversation),
    read.get('messages', delivery.message),
  ]);
  // Erased meanwhile: what is gone is not sent.
  if (!pod || !conversation || !message || message.erased) return undefined;
  const text = (await read.texts([message.body])).get(message.body);
  const to = await recipients(read, delivery, pod, message);
  return text !== undefined && to.length ? { pod, conversation, message, text, to } : undefined;
}

/** Whoever is still a member. What people write stands in Slack for those who have it. */
async function recipients(
  read: Reader,
  { to, pod: id, about }: Mailing,
  pod: PodDoc,
  message: MessageDoc,
): Promise<PersonDoc[]> {
  const people = await Promise.all(to.map((one) => read.get('people', one)));
  const members = await Promise.all(to.map((one) => read.get('members', memberId(id, one))));
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

async function acknowledged(deps: MailDeps, target: MailTarget, task: TaskDoc, stamp: Stamp): Promise<Outgoing> {
  const { pod, conversation } = target;
  const { kept } = stamp;
  const names = await namesOfAll(deps.read, [kept.assignee, ...(kept.followers ?? [])]);
  const title = (await deps.read.texts([conversation.titleRef])).get(conversation.titleRef ?? '') ?? '';
  const assignee = kept.assignee ? called(names, kept.assignee) : undefined;
  const speaker = assignee && isAgent(assignee.id) ? assignee.id : undefined;
  const followers = (kept.followers ?? [])
    .filter((one) => one !== target.message.by)
    .map((one) => called(names, one).name);
  const { words, files, notes } = unframed(target.text);
  const understood = understoodWords({
    ...{ task: task.number, pod: pod.name, assignee: assignee?.name, words, files, notes, followers },
    forwarded: target.message.outside !== undefined,
    strangers: await strangersOf(deps, target, kept.followers ?? []),
  });
  const rendered = renderAcknowledgement({
    title,
    understood,
    name: assignee?.name ?? 'Skein',
    pod: pod.name,
    links: linksOf(stamp),
    hint: 'Reply to say more, to ask, or to change your mind. A first line “done”, “reopen” or “assign to Ben” changes the task.',
  });
  const from = await senderOf(deps, pod, speaker ?? 'skein', assignee?.name ?? 'Skein');
  // RFC 3834 section 3.3: what answers an acknowledgement by itself must find no address.
  return { ...(await head(deps, target, stamp, from)), ...rendered, envelopeFrom: '' };
}

/** Who else stands in the mail, and is no member. */
async function strangersOf(
  { read, out, reader }: MailDeps,
  { pod, message, to }: MailTarget,
  followers: readonly ParticipantId[],
): Promise<string[]> {
  const raw = message.raw && (await read.blob(pod.id, message.raw));
  const mail = raw ? await reader.read(raw) : undefined;
  if (mail?.kind !== 'mail') return [];
  const members = [...to, ...(await peopleOf(read, followers))];
  const known = members.flatMap(({ email = '', accounts }) => [
    email,
    ...accounts.map((one) => one.replace(/^mail:/, '')),
  ]);
  return strangersIn(mail, out.home, known);
}

async function said(deps: MailDeps, target: MailTarget, stamp: Stamp): Promise<Outgoing> {
  const { pod, message, text } = target;
  const before = await answeredIn(deps.read, target);
  const names = await namesOfAll(deps.read, [message.by, before?.by]);
  const { name } = called(names, message.by);
  const rendered = renderAnswer({
    markdown: text,
    name,
    pod: pod.name,
    role: isAgent(message.by) ? 'agent' : 'member',
    links: linksOf(stamp),
    ...(before ? { quoted: { introduction: `${called(names, before.by).name} wrote:`, text: before.text } } : {}),
  });
  return { ...(await head(deps, target, stamp, await senderOf(deps, pod, message.by, name))), ...rendered };
}

/** The newest message before it by somebody else: a mail can then be read alone. */
async function answeredIn(
  read: Reader,
  { message }: MailTarget,
): Promise<{ by: ParticipantId; text: string } | undefined> {
  const where = { conversation: message.conversation, posted: { lt: message.posted } };
  const earlier = await read.find('messages', { where, sort: [['posted', 'desc']], limit: 10 });
  const before = earlier.find(({ by, erased }) => isPerson(by) && by !== message.by && !erased);
  const whole = before && (await read.texts([before.body])).get(before.body);
  // What Skein has put around it is not theirs.
  const text = whole && (before.raw ? unframed(whole).words : whole);
  return text ? { by: before.by, text } : undefined;
}

async function head(
  { read, out }: MailDeps,
  { conversation, to, pod }: MailTarget,
  { messageId, date, kept: { parent, references = [] } }: Stamp,
  from: Mailbox,
): Promise<Omit<Outgoing, 'text' | 'html'>> {
  const title = (await read.texts([conversation.titleRef])).get(conversation.titleRef ?? '') ?? '';
  const root = rootId({ pod: pod.id, thread: conversation.id }, out.home.domain);
  return {
    kind: 'reply',
    from,
    to: to.map(({ name, email = '' }) => ({ name, address: email })),
    subject: replySubject(title),
    messageId,
    date,
    replyTo: { name: from.name, address: await replyAddress(out, conversation, from) },
    ...(parent ? { inReplyTo: parent } : {}),
    references: referencesOf(root, { references: [...references], ...(parent ? { messageId: parent } : {}) }),
    loop: out.loop,
  };
}

/** The sender's, with the conversation in it. */
function replyAddress(out: MailOut, { id, pod }: ConversationDoc, from: Mailbox): Promise<string> {
  const sender = parseAddress(out.home, from.address);
  const { slug, handle } = sender?.kind === 'pod' ? sender : {};
  const known = slug && slug !== 'skein' ? { slug } : {};
  return out.replies.address({ pod, thread: id, ...known, ...(handle ? { handle } : {}) });
}

/** An agent writes from its own address in the pod; a person's words come from the pod's. */
async function senderOf({ read, out }: MailDeps, pod: PodDoc, by: ParticipantId, name: string): Promise<Mailbox> {
  const handle = isAgent(by) ? handleOf(by) : undefined;
  if (pod.direct && handle) return { name, address: formatAddress(out.home, { kind: 'pod', slug: handle }) };
  const [address] = await read.find('addresses', { where: { of: pod.id }, limit: 1 });
  const shown = `${name} (${pod.name})`;
  if (!address) return { name: shown, address: formatAddress(out.home, { kind: 'bare' }) };
  const to = { kind: 'pod', slug: address.slug, ...(handle ? { handle } : {}) } as const;
  return { name: shown, address: formatAddress(out.home, to) };
}

function linksOf({ kept: { link } }: Stamp): Link[] {
  return link ? [{ label: 'See it in the pod', url: link }] : [];
}
