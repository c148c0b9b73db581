// A person's time zone and day, by which the days in their words are read.
import type { Reader } from '../log/action.ts';
import { localDay } from '../pods/local-time.ts';
import type { PersonDoc } from '../pods/people/person.ts';
import { hoursOf, PREFERENCES } from '../pods/preferences/preference.ts';

/** `at`: when they wrote, in milliseconds since 1970. `today`: YYYY-MM-DD. */
export async function ownDay(read: Reader, person: PersonDoc, at: number): Promise<{ zone: string; today: string }> {
  const zone = hoursOf(await read.get(PREFERENCES, person.id), person).timeZone;
  return { zone, today: localDay(zone, at) };
}
