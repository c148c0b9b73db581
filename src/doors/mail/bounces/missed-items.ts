// A bounce of a mail that told somebody of what waits for them: a question passes on, and of anything else whoever gave it
// is told.
import { type OwnId, parseId } from '../../../email/thread.ts';
import { Conflict } from '../../../errors.ts';
import { idOf } from '../../../log/ids.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { type DeliveryOf, deliveriesOf } from '../../../pods/deliveries.ts';
import { NEEDS } from '../../../pods/needs/need.ts';
import { unreachedFacts } from '../../../pods/needs/unreached-facts.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import { ownLog } from '../../../pods/telling/hearing.ts';
import { isNoticeThread } from '../../../pods/telling/notices/notice-thread.ts';
import type { MailContext } from '../context.ts';
import type { SentMail } from './sent.ts';

/** Why the mail did not arrive, and what to do. Skein's words. */
export interface WhyNot {
  why: string;
  advice: string;
}

type Notice = DeliveryOf<'notice'>;

/** The newest commits of a person's own log that are looked at. A bounce comes within days. */
const LOOK_BACK = 300;
/** A bounce names few addresses. */
const MOST_ADDRESSES = 20;

/** Returns the notice with this Message-ID. Undefined if Skein did not send it to one of these addresses. */
export async function noticeSent(
  mail: MailContext,
  id: string,
  addresses: readonly string[],
): Promise<Notice | undefined> {
  const own = parseId(id, mail.home.domain);
  if (!own || !(own.thread.startsWith('n_') || isNoticeThread(own.thread))) return undefined;
  for (const person of await peopleFor(mail, own, addresses)) {
    const told = await mail.commits.find({ where: { pod: ownLog(person) }, sort: [['seq', 'desc']], limit: LOOK_BACK });
    const found = told
      .flatMap(deliveriesOf)
      .find((one): one is Notice => one.kind === 'notice' && idOf('d', one.id) === own.n);
    if (found) return found;
  }
  return undefined;
}

async function peopleFor({ read }: MailContext, own: OwnId, addresses: readonly string[]): Promise<PersonId[]> {
  const who = (await read.get(NEEDS, own.thread))?.who;
  const some = addresses.slice(0, MOST_ADDRESSES);
  const found = await read.find(PEOPLE, { where: { accounts: { in: some.map((one) => `mail:${one}`) } } });
  return [...new Set([...(who && isPerson(who) ? [who] : []), ...found.map(({ id }) => id as PersonId)])];
}

export async function noticeMissed(mail: MailContext, { id, person, items }: Notice, why: WhyNot): Promise<void> {
  const { act, read, texts } = mail;
  for (const { need, pod, for: absent } of items) {
    const facts = await unreachedFacts(read, need, person);
    if (!facts) continue;
    const { people, number, question } = facts;
    if (question) {
      await passOn(mail, { id, pod, question, person: absent ?? person });
      continue;
    }
    const text =
      number === undefined
        ? texts.fill('undelivered', 'named', { people, ...why })
        : texts.fill('undelivered', 'task', { people, number, ...why });
    const request = { pod, actor: 'skein', via: 'email', action: 'item_unreached' } as const;
    await act({ ...request, input: { need, person, text }, key: `unreached:${id}:${need}` }).catch((error: unknown) => {
      // A Conflict means that the notice was reported before, for another reason.
      if (!(error instanceof Conflict)) throw error;
    });
  }
}

/** A question whose mail did not reach these people passes on. */
export async function questionMissed(
  mail: MailContext,
  { id, pod, about, message }: SentMail,
  people: readonly string[],
): Promise<void> {
  const question = about === 'message' ? (await mail.read.get(MESSAGES, message))?.question : undefined;
  if (question) for (const person of people) await passOn(mail, { id, pod, question, person });
}

/** The key is that of a mail which the server refused at once, so that a question passes on once. */
async function passOn(
  { act }: MailContext,
  { id, pod, question, person }: { id: string; pod: string; question: string; person: string },
): Promise<void> {
  const request = { pod, actor: 'skein', via: 'email', action: 'question_unreached' } as const;
  await act({ ...request, input: { question, person }, key: `unreached:${id}:${question}:${person}` });
}
