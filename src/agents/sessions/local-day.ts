// Days and times as whoever speaks has them: of a person in their own zone, of anybody else in the zone of whoever asks.
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { isTimeZone, localDay, wallClock } from '../../pods/local-time.ts';
import { peopleOf } from '../../pods/people/directory.ts';

/** The time zone for people whose zone is unknown. */
export const NO_ZONE = 'UTC';

/** The zones of the people among them, as IANA names; those that are not known are absent. */
export async function zonesOf(
  read: Reader,
  ids: readonly (ParticipantId | undefined)[],
): Promise<Map<ParticipantId, string>> {
  const people = await peopleOf(read, ids);
  return new Map(
    people.flatMap(({ id, timeZone }) =>
      timeZone && isTimeZone(timeZone) ? [[id as ParticipantId, timeZone] as const] : [],
    ),
  );
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** “2026-11-03 (Tuesday)” */
export function dayIn(zone: string, at: number): string {
  const day = localDay(zone, at);
  return `${day} (${weekday.format(Date.parse(`${day}T00:00Z`))})`;
}

/** “2026-11-03 02:30” in a zone; one formatter for each, since they are slow to make. */
export function localTimes(): (zone: string, at: number) => string {
  const walls = new Map<string, ReturnType<typeof wallClock>>();
  return (zone, at) => {
    const wall = walls.get(zone) ?? wallClock(zone);
    walls.set(zone, wall);
    return wall(at).replace('T', ' ');
  };
}
