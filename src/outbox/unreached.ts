// Says that the message that was to tell somebody of an open item could not be delivered: a question passes on, and of
// anything else whoever gave it is told.
import { Conflict } from '../errors.ts';
import type { PersonId } from '../log/participant.ts';
import { unreachedFacts } from '../pods/needs/unreached-facts.ts';
import type { NoticeWish } from '../pods/telling/wishes.ts';
import type { Parts } from './parts.ts';

/** Called when a notice is set aside. */
export async function passUnreached(
  { act, read, texts: { fill } }: Pick<Parts, 'act' | 'read' | 'texts'>,
  { id, person, items }: Pick<NoticeWish, 'person' | 'items'> & { id: string },
): Promise<void> {
  const why = { why: fill('undelivered', 'why-unsent'), advice: fill('undelivered', 'advice-tell') };
  for (const { need, pod, for: absent } of items) {
    const facts = await unreachedFacts(read, need, person);
    if (!facts) continue;
    const { people, number, question } = facts;
    if (question) {
      await questionUnreached({ act }, { id, pod, question, person: absent ?? person });
      continue;
    }
    const text =
      number === undefined
        ? fill('undelivered', 'named', { people, ...why })
        : fill('undelivered', 'task', { people, number, ...why });
    const request = { pod, actor: 'skein', via: 'skein', action: 'item_unreached' } as const;
    await act({ ...request, input: { need, person, text }, key: `unreached:${id}:${need}` }).catch((error: unknown) => {
      // A Conflict means that an earlier attempt reported it, and the person has changed their name since.
      if (!(error instanceof Conflict)) throw error;
    });
  }
}

/** `id`: that of the delivery that failed. */
export async function questionUnreached(
  { act }: Pick<Parts, 'act'>,
  { id, pod, question, person }: { id: string; pod: string; question: string; person: PersonId },
): Promise<void> {
  const request = { pod, actor: 'skein', via: 'skein', action: 'question_unreached' } as const;
  await act({ ...request, input: { question, person }, key: `unreached:${id}:${question}:${person}` });
}
