// Finds the time zone in which a person reads times.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import type { PersonDoc } from '../people/person.ts';
import { hoursOf, PREFERENCES } from './preference.ts';

/** Returns the zone that the person has set, else the one that Slack reports, else the usual one. */
export async function zoneOf(
  read: Pick<Reader, 'get'>,
  person: Pick<PersonDoc, 'id'> & { timeZone?: string | undefined },
): Promise<string> {
  const { timeZone } = person;
  return hoursOf(await read.get(PREFERENCES, person.id as PersonId), timeZone ? { timeZone } : {}).timeZone;
}
