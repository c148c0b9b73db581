// Finds the person for whom somebody may answer a question: a person who was asked, is away, and has named them as
// deputy.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { awayAt, PREFERENCES } from '../../preferences/preference.ts';
import type { QuestionDoc } from '../question.ts';

type Asked = Pick<QuestionDoc, 'asked' | 'answers'>;

/** True if the question still waits for an answer of this person, or for one in their place. Pure. */
export function waitsFor({ state, answers, asked, role }: QuestionDoc, id: PersonId): boolean {
  return (
    state === 'open' &&
    (asked.includes(id) || role !== undefined) &&
    !answers.some((answer) => answererOf(answer) === id)
  );
}

/**
 * Returns the absent people whose deputy this participant is, among those whom the questions ask. Costs a read only if a
 * question asks somebody else than this person.
 */
export async function absentFor(
  read: Reader,
  questions: readonly Asked[],
  who: ParticipantId,
  at: number,
): Promise<PersonId[]> {
  if (!isPerson(who)) return [];
  const others = questions.flatMap(({ asked }) => (asked.includes(who) ? [] : asked));
  const preferences = await Promise.all([...new Set(others)].map((id) => read.get(PREFERENCES, id)));
  return preferences.flatMap((one) => (one && awayAt(one, at)?.deputy === who ? [one.person] : []));
}

/** Returns the first of these absent people whom the question asks, and for whom nobody has answered yet. Pure. */
export function absentIn({ asked, answers }: Asked, absent: readonly PersonId[]): PersonId | undefined {
  return absent.find((one) => asked.includes(one) && !answers.some((answer) => answererOf(answer) === one));
}

/** Returns the person whose answer it is: the absent person if a deputy answered. Pure. */
export function answererOf({ by, for: absent }: { by: PersonId; for?: PersonId }): PersonId {
  return absent ?? by;
}
