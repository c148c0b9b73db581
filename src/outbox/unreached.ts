// Passes a question on, because the message that was to tell somebody of it could not be delivered.
import type { PersonId } from '../log/participant.ts';
import { NEEDS } from '../pods/needs/need.ts';
import type { NoticeWish } from '../pods/telling/wishes.ts';
import type { Parts } from './parts.ts';

/** Called when a notice is set aside. Its other items wait in the person's lists. */
export async function passUnreached(
  { act, read }: Pick<Parts, 'act' | 'read'>,
  { id, person, items }: Pick<NoticeWish, 'person' | 'items'> & { id: string },
): Promise<void> {
  for (const { need, pod, for: absent } of items) {
    const about = (await read.get(NEEDS, need))?.about;
    if (about?.on !== 'questions') continue;
    await questionUnreached({ act }, { id, pod, question: about.id, person: absent ?? person });
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
