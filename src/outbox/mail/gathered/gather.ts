// Gathers the messages of a conversation that reach people as one mail: those of ten minutes, or those before one that
// names somebody. The first of them waits for the others in the lane of the conversation.
import { NotYet } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isAgent, type PersonId } from '../../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../../pods/conversations/message.ts';
import { deliveriesOf } from '../../../pods/deliveries.ts';
import { hadWithIt } from '../acknowledgement.ts';
import type { Gathered, GatheredMail } from '../mail-out.ts';
import { type MailDeps, type Mailing, type MailTarget, recipients } from '../target.ts';

/** How long a mail waits for others, in milliseconds. */
export const GATHERED_MS = 600_000;
/** The most messages in one mail. */
const MOST_GATHERED = 50;
/** The most earlier messages among which the word that an agent answers is looked for. */
const MOST_EARLIER = 20;

interface Waiting {
  delivery: Mailing;
  message: MessageDoc;
  to: PersonId[];
}

/**
 * Returns the mails that are due now, by whom they reach and what is in them. Undefined if the message goes alone.
 * While it waits, each look is at the messages that are new since the last one.
 * @throws NotYet to wait for more
 */
export async function gather(
  deps: MailDeps,
  delivery: Mailing,
  target: MailTarget,
  seen?: string,
): Promise<Gathered | undefined> {
  const { message } = target;
  const first = { delivery, message, to: target.to.map(({ id }) => id as PersonId) };
  const before = lookedAt(seen);
  const later = await waitingAfter(deps, target, before?.upTo ?? message.posted);
  const fresh = before ? later.waiting : [first, ...later.waiting];
  const count = (before?.count ?? 0) + fresh.length;
  const waited = deps.clock() - (await postedAt(deps.read, message));
  // A start in the future means that the clock was set back.
  const isOver = waited < 0 || waited >= GATHERED_MS || count > MOST_GATHERED;
  if (!isOver && !(await anyIsUrgent(deps.read, fresh)))
    throw new NotYet('More may be written in this conversation.', GATHERED_MS - waited, `${later.upTo} ${count}`);
  const waiting = before ? [first, ...(await waitingAfter(deps, target, message.posted)).waiting] : fresh;
  if (waiting.length === 1) return undefined;
  return { mails: mailsOf(waiting), covers: waiting.slice(1).map((one) => one.delivery.id) };
}

/** People whom the same messages reach get the same mail. Pure. */
export function mailsOf(waiting: readonly Pick<Waiting, 'delivery' | 'to'>[]): GatheredMail[] {
  const mails = new Map<string, GatheredMail>();
  for (const person of new Set(waiting.flatMap(({ to }) => to))) {
    const theirs = waiting.filter(({ to }) => to.includes(person)).map(({ delivery }) => delivery);
    const messages = theirs.map(({ message }) => message);
    const key = messages.join();
    mails.set(key, { to: [...(mails.get(key)?.to ?? []), person], messages, newest: theirs.at(-1)?.id ?? '' });
  }
  return [...mails.values()];
}

/** Parses how far an earlier look came: the last message, by its number in the log, and how many of them wait. */
function lookedAt(seen: string | undefined): { upTo: number; count: number } | undefined {
  const [, upTo, count] = /^(\d+) (\d+)$/.exec(seen ?? '') ?? [];
  return upTo && count ? { upTo: Number(upTo), count: Number(count) } : undefined;
}

/**
 * Returns the messages of the conversation after this number that wait for their mail, and the number of the last one
 * that was looked at. An erased message is in no mail.
 */
async function waitingAfter(
  deps: MailDeps,
  { pod, message: first }: MailTarget,
  after: number,
): Promise<{ waiting: Waiting[]; upTo: number }> {
  const { read } = deps;
  const where = { conversation: first.conversation, posted: { gt: after } };
  const later = await read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: MOST_GATHERED });
  const found = await Promise.all(
    later.map(async (message): Promise<Waiting[]> => {
      if (message.erased) return [];
      const [commit] = await read.commits(message.pod, message.posted, message.posted);
      const delivery = commit && deliveriesOf(commit).find((one) => isMailOf(one, message));
      if (delivery?.kind !== 'mail') return [];
      const had = await hadWithIt(deps, delivery);
      const people = (await recipients(read, delivery, pod, message)).map(({ id }) => id as PersonId);
      const to = people.filter((one) => !had.includes(one));
      return to.length ? [{ delivery, message, to }] : [];
    }),
  );
  return { waiting: found.flat(), upTo: later.at(-1)?.posted ?? after };
}

function isMailOf(one: ReturnType<typeof deliveriesOf>[number], { id }: MessageDoc): boolean {
  return one.kind === 'mail' && one.about === 'message' && one.message === id;
}

async function postedAt(read: Reader, { pod, posted, at }: MessageDoc): Promise<number> {
  const [commit] = await read.commits(pod, posted, posted);
  return commit?.at ?? at;
}

async function anyIsUrgent(read: Reader, waiting: readonly Waiting[]): Promise<boolean> {
  // The newest is looked at first: the others were looked at when they came.
  for (const one of waiting.toReversed()) if (await isUrgent(read, one)) return true;
  return false;
}

/**
 * True for a message that names one of its readers, asks, or is the first answer of an agent to their word or to a mail:
 * whoever stands in copy of a mail reads the answer with its author.
 */
async function isUrgent(read: Reader, { message, to }: Waiting): Promise<boolean> {
  if (message.question || message.offer || message.mentions?.some((one) => to.includes(one))) return true;
  const { by, onBehalfOf, heard = [], conversation, posted } = message;
  if (!isAgent(by)) return false;
  const where = { conversation, posted: { lt: posted } };
  const earlier = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: MOST_EARLIER });
  const before = earlier.find(
    (one) => one.by === by || one.raw !== undefined || to.some((person) => person === one.by),
  );
  // Their word may have been a command, which is no message.
  return before ? before.by !== by : to.some((person) => person === onBehalfOf || heard.includes(person));
}
