// Tells who stands in for a person who is away. A deputy hears of the person's open items and acts on them with rights of
// their own.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { awayAt, PREFERENCES, type PreferenceDoc } from './preference.ts';

/** True if the person whose preference this is is away at this time and has named this deputy. Pure. */
export function standsIn(
  preference: Pick<PreferenceDoc, 'away'> | undefined,
  deputy: string | undefined,
  at: number,
): boolean {
  const named = awayAt(preference, at)?.deputy;
  return named !== undefined && named === deputy;
}

/** Reads whether `deputy` stands in for this person now. */
export async function standsInFor(
  read: Pick<Reader, 'get'>,
  person: PersonId,
  deputy: string,
  at: number,
): Promise<boolean> {
  return standsIn(await read.get(PREFERENCES, person), deputy, at);
}

/** Returns the people for whom this person stands in now. */
export async function absentOf(read: Pick<Reader, 'find'>, deputy: string, at: number): Promise<PersonId[]> {
  const found = await read.find(PREFERENCES, { where: { deputy: deputy as PersonId } });
  return found.filter((one) => standsIn(one, deputy, at)).map(({ person }) => person);
}
