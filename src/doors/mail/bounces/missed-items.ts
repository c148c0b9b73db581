// A bounce of a mail that told somebody of what waits for them: a question passes on, and of anything else whoever gave it
// is told.
import { Conflict } from '../../../errors.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import { unreachedFacts } from '../../../pods/needs/unreached-facts.ts';
import { QUESTIONS } from '../../../pods/questions/question.ts';
import type { MailContext } from '../context.ts';
import type { MailedItems } from './mailed-items.ts';
import type { SentMail } from './sent.ts';

/** Why the mail did not arrive, and what to do. Skein's words. */
export interface WhyNot {
  why: string;
  advice: string;
}

export async function noticeMissed(mail: MailContext, { id, person, items }: MailedItems, why: WhyNot): Promise<void> {
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

/** The questions in a mail pass on from the people whom it did not reach. */
export async function questionMissed(
  mail: MailContext,
  { id, pod, about, message }: SentMail,
  people: readonly string[],
): Promise<void> {
  if (about !== 'message') return;
  for (const person of people)
    for (const one of await messagesIn(mail, { id, message }, person)) {
      const question = (await mail.read.get(MESSAGES, one))?.question;
      if (question) await passOn(mail, { id, pod, question, person });
    }
}

/** Returns the messages in the mail to a person. A mail that gathered several has the id of its newest. */
async function messagesIn(
  { shownIn }: MailContext,
  { id, message }: Pick<SentMail, 'id' | 'message'>,
  person: string,
): Promise<string[]> {
  const shown = await shownIn(id);
  const { gathered } = (shown?.within ? await shownIn(shown.within) : shown) ?? {};
  const theirs = gathered?.mails.filter(({ newest, to }) => newest === id && to.some((one) => one === person)) ?? [];
  return [...new Set([message, ...theirs.flatMap(({ messages }) => messages)])];
}

/** More open questions than this are not put in one conversation. */
const MOST_OPEN = 50;

/**
 * The mail is known by its thread alone, `id`. It did not reach these people, so nothing else of that thread does: what is
 * asked of them there passes on.
 */
export async function threadMissed(
  mail: MailContext,
  { id, pod, conversation }: { id: string; pod: string; conversation: string },
  people: readonly string[],
): Promise<void> {
  const open = await mail.read.find(QUESTIONS, { where: { conversation, state: 'open' }, limit: MOST_OPEN });
  for (const { id: question, asked } of open)
    for (const person of people)
      if (asked.some((one) => one === person)) await passOn(mail, { id, pod, question, person });
}

/** The key is that of a mail which the server refused at once, so that a question passes on once. */
async function passOn(
  { act }: MailContext,
  { id, pod, question, person }: { id: string; pod: string; question: string; person: string },
): Promise<void> {
  const request = { pod, actor: 'skein', via: 'email', action: 'question_unreached' } as const;
  await act({ ...request, input: { question, person }, key: `unreached:${id}:${question}:${person}` });
}
