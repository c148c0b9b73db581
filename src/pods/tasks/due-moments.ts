// Calculates when a task falls due, in the zone of its assignee. Pure, except for the read of the zone.
import type { Reader } from '../../log/action.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import { addDays, instantOf, isTimeZone, wallClock } from '../local-time.ts';
import { PEOPLE } from '../people/person.ts';

export type DueStage = 'due' | 'overdue';

export interface DueMoment {
  stage: DueStage;
  /** Milliseconds since 1970. */
  at: number;
}

const MORNING = '09:00';

/** Returns both times: `due` is the morning of the due day, `overdue` the morning of the next working day. */
export function dueMoments(due: string, zone: string): DueMoment[] {
  const wall = wallClock(zone);
  const at = (day: string) => instantOf(wall, day, MORNING) ?? Date.parse(`${day}T${MORNING}Z`);
  return [
    { stage: 'due', at: at(due) },
    { stage: 'overdue', at: at(nextWorkingDay(due)) },
  ];
}

/**
 * Returns the first of the two times after `now`. Undefined if both have passed: a person who sets a past day knows
 * that.
 */
export function nextDueAt(due: string | undefined, zone: string, now: number): number | undefined {
  return due === undefined ? undefined : dueMoments(due, zone).find(({ at }) => at > now)?.at;
}

function nextWorkingDay(day: string): string {
  const next = addDays(day, 1);
  const weekday = new Date(`${next}T00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? nextWorkingDay(next) : next;
}

/** Returns the zone of the first person among them who has a known zone; else UTC. */
export async function zoneAmong(read: Reader, who: readonly (ParticipantId | undefined)[]): Promise<string> {
  for (const id of who) {
    const zone = isPerson(id) ? (await read.get(PEOPLE, id))?.timeZone : undefined;
    if (zone && isTimeZone(zone)) return zone;
  }
  return 'UTC';
}

/** Returns the field for a change to the task; empty if the time stays the same. */
export function rearmed(before: number | undefined, after: number | undefined): { dueAt?: number | null } {
  return before === after ? {} : { dueAt: after ?? null };
}
