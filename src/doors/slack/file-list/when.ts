// Formats the time of a file for the person who reads it. Pure.
import { shownTime } from '../../../pods/local-time.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';

/** `at`: as actions give it, in UTC. */
export function whenFor({ timeZone = 'UTC' }: Pick<PersonDoc, 'timeZone'>, at: string): string {
  return shownTime(timeZone, Date.parse(at));
}
