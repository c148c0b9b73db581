// Carries the mails of a conversation's messages. A mail that gathers several is settled for all of them.
import { InvalidInput } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { hadWithIt } from '../acknowledgement.ts';
import type { Gathered, GatheredMail } from '../mail-out.ts';
import { beginsThread, readersOf } from '../readers.ts';
import { reportRefused, reportUnreached } from '../report-unreached.ts';
import { type MailDeps, type Mailing, type MailTarget, targetOf } from '../target.ts';
import { threadFacts } from '../thread-facts.ts';
import { gather } from './gather.ts';
import { type GatheredMessage, gatheredMail, messagesOf } from './gathered-mail.ts';

export async function carryMessage(deps: MailDeps, delivery: Mailing, seen?: string): Promise<void> {
  const { out } = deps;
  const begun = await out.begun(delivery.id);
  if (begun?.kept.within) return;
  const { gathered } = begun?.kept ?? {};
  if (gathered) return sendAll(deps, delivery, gathered);
  const found = await targetOf(deps, delivery);
  const had = found ? await hadWithIt(deps, delivery) : [];
  const to = found?.to.filter(({ id }) => !had.includes(id as PersonId)) ?? [];
  if (!found || !to.length) return;
  const target = { ...found, to };
  // Once the first attempt was made, the mail gathers nothing any more.
  const more = begun ? undefined : await gather(deps, delivery, target, seen);
  if (more) return sendAll(deps, delivery, more);
  await send(deps, delivery, { target, messages: [target], key: delivery.id, n: idOf(delivery.id) });
}

/**
 * The record of which mails go out together is stored before any of them is sent, so a crash in between changes none. A
 * mail that fails keeps none of the others back.
 */
async function sendAll(deps: MailDeps, delivery: Mailing, gathered: Gathered): Promise<void> {
  await deps.out.gather(delivery.id, gathered);
  const failed: unknown[] = [];
  for (const [at, mail] of gathered.mails.entries())
    await sendOne(deps, delivery, mail, at).catch((error: unknown) => failed.push(error));
  // A mail that the server refused for good must not end the attempts of the others.
  const again = failed.find((error) => !(error instanceof InvalidInput));
  if (failed.length) throw again ?? failed[0];
}

async function sendOne(deps: MailDeps, delivery: Mailing, mail: GatheredMail, at: number): Promise<void> {
  const messages = await messagesOf(deps, mail);
  const newest = messages.at(-1)?.message.id;
  const target = newest && (await targetOf(deps, { ...delivery, message: newest, to: mail.to }));
  if (!target) return;
  const n = idOf(mail.newest);
  await send(deps, delivery, { target, messages, key: `${delivery.id}:${at}`, n: at ? `${n}-${at}` : n });
}

/** Returns the part of a Message-ID by which the delivery is found. */
function idOf(delivery: string): string {
  return delivery.split(':').slice(-2).join('-');
}

/** `n`: the mail's own part of its Message-ID. */
interface Sending {
  target: MailTarget;
  messages: readonly GatheredMessage[];
  key: string;
  n: string;
}

async function send(deps: MailDeps, delivery: Mailing, { target, messages, key, n }: Sending): Promise<void> {
  const { pod, conversation, to } = target;
  const readers = await readersOfThread(deps, target, messages);
  const sending = deps.out.sendOnce(
    key,
    (stamp) => gatheredMail(deps, target, messages, stamp),
    { pod: pod.id, thread: conversation.id, n },
    { ...threadFacts(deps, target), ...(readers ? { readers } : {}) },
  );
  const lost = { to, questions: messages.flatMap(({ message: { question } }) => question ?? []) };
  const refused = await sending.catch(async (error: unknown) => {
    if (error instanceof InvalidInput) await reportRefused(deps, { ...delivery, id: key }, lost);
    throw error;
  });
  if (refused.length) await reportUnreached(deps, { ...delivery, id: key }, lost, refused);
}

async function readersOfThread({ read }: MailDeps, { pod }: MailTarget, messages: readonly GatheredMessage[]) {
  for (const { message } of messages) if (await beginsThread(read, pod, message)) return readersOf(read, pod.id);
  return undefined;
}
