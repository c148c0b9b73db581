// Calculates when a task falls due, by the working hours of its assignee. Pure, except for the reads of the hours.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import { addDays, instantOf, wallClock } from '../../local-time.ts';
import { PEOPLE } from '../../people/person.ts';
import { hoursOf, type OwnHours, PREFERENCES } from '../../preferences/preference.ts';
import { weekday } from '../../telling/hours.ts';

export type DueStage = 'due' | 'overdue';

export interface DueMoment {
  stage: DueStage;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * Returns both times: `due` is when the person's hours begin on the due day, `overdue` when they begin on their next
 * working day.
 */
export function dueMoments(due: string, hours: OwnHours): DueMoment[] {
  const wall = wallClock(hours.timeZone);
  const at = (day: string) => instantOf(wall, day, hours.from) ?? Date.parse(`${day}T${hours.from}Z`);
  return [
    { stage: 'due', at: at(due) },
    { stage: 'overdue', at: at(nextWorkingDay(due, hours)) },
  ];
}

/**
 * Returns the first of the two times after `now`. Undefined if both have passed: a person who sets a past day knows
 * that.
 */
export function nextDueAt(due: string | undefined, hours: OwnHours, now: number): number | undefined {
  return due === undefined ? undefined : dueMoments(due, hours).find(({ at }) => at > now)?.at;
}

function nextWorkingDay(day: string, { days }: Pick<OwnHours, 'days'>): string {
  const week = [1, 2, 3, 4, 5, 6, 7].map((ahead) => addDays(day, ahead));
  return week.find((one) => days.includes(weekday(one))) ?? addDays(day, 1);
}

/**
 * Returns the hours of the first person among them who has set hours or has a known zone; else the usual hours in UTC.
 */
export async function hoursAmong(read: Reader, who: readonly (ParticipantId | undefined)[]): Promise<OwnHours> {
  for (const id of new Set(who)) {
    if (!isPerson(id)) continue;
    const [preference, person] = await Promise.all([read.get(PREFERENCES, id), read.get(PEOPLE, id)]);
    const hours = hoursOf(preference, person);
    if (preference?.from !== undefined || !hours.zoneUnknown) return hours;
  }
  return hoursOf(undefined, undefined);
}

/** Returns the field for a change to the task; empty if the time stays the same. */
export function rearmed(before: number | undefined, after: number | undefined): { dueAt?: number | null } {
  return before === after ? {} : { dueAt: after ?? null };
}
