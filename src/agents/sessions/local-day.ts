// Formats days and times in the time zone of a person. If the person has none, the zone of the asker is used.
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { isTimeZone, localDay, wallClock } from '../../pods/local-time.ts';
import { peopleOf } from '../../pods/people/directory.ts';
import type { PersonDoc } from '../../pods/people/person.ts';

/** The time zone for people whose zone is unknown. */
export const NO_ZONE = 'UTC';

/** Returns the time zones (IANA names) of the given people, by id. Participants without a known zone are left out. */
export async function zonesOf(
  read: Reader,
  ids: readonly (ParticipantId | undefined)[],
): Promise<Map<ParticipantId, string>> {
  return zonesIn(await peopleOf(read, ids));
}

/** The same, of people who are at hand. Pure. */
export function zonesIn(people: readonly PersonDoc[]): Map<ParticipantId, string> {
  return new Map(
    people.flatMap(({ id, timeZone }) =>
      timeZone && isTimeZone(timeZone) ? [[id as ParticipantId, timeZone] as const] : [],
    ),
  );
}

let weekday: Intl.DateTimeFormat | undefined;

/** Returns a day as “2026-11-03 (Tuesday)”. */
export function dayIn(zone: string, at: number): string {
  const day = localDay(zone, at);
  weekday ??= new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
  return `${day} (${weekday.format(Date.parse(`${day}T00:00Z`))})`;
}

/**
 * Returns a function that formats a time as “2026-11-03 02:30” in a zone. Formatters are cached, since they are slow to
 * make.
 */
export function localTimes(): (zone: string, at: number) => string {
  const walls = new Map<string, ReturnType<typeof wallClock>>();
  return (zone, at) => {
    const wall = walls.get(zone) ?? wallClock(zone);
    walls.set(zone, wall);
    return wall(at).replace('T', ' ');
  };
}
