// Loads the hours of the people who are asked. The deputy's hours count for a person who is away.
import type { Reader } from '../../../log/action.ts';
import type { PersonId } from '../../../log/participant.ts';
import { peopleOf } from '../../people/directory.ts';
import { awayAt, hoursOf, PREFERENCES } from '../../preferences/preference.ts';
import type { AskedHours } from './needed-by.ts';

/** The hours of somebody about whom nothing is known. */
const UNKNOWN: AskedHours = hoursOf(undefined, undefined);

/** Returns the hours of each of these people, in their order; the usual hours if there are none. */
export async function hoursOfAsked(read: Reader, ids: readonly PersonId[], at: number): Promise<AskedHours[]> {
  const preferences = await preferencesOf(read, ids);
  const deputies = ids.flatMap((id) => awayAt(preferences.get(id), at)?.deputy ?? []);
  const [people, theirs] = await Promise.all([peopleOf(read, [...ids, ...deputies]), preferencesOf(read, deputies)]);
  const own = (id: PersonId, from = preferences): AskedHours =>
    hoursOf(
      from.get(id),
      people.find((one) => one.id === id),
    );
  const all = ids.map((id) => {
    const { deputy, until } = awayAt(preferences.get(id), at) ?? {};
    if (deputy && !awayAt(theirs.get(deputy), at)) return own(deputy, theirs);
    return until === undefined ? own(id) : { ...own(id), since: until };
  });
  return all.length ? all : [UNKNOWN];
}

/** Those of the people asked who are away and for whom nobody answers. */
export interface AwayAsked {
  /** They have no deputy. */
  alone: PersonId[];
  /** Their deputy is asked too, and has one answer to give. */
  doubled: PersonId[];
}

export async function awayOf(read: Reader, ids: readonly PersonId[], at: number): Promise<AwayAsked> {
  const preferences = await preferencesOf(read, ids);
  const away = ids.flatMap((id) => {
    const one = awayAt(preferences.get(id), at);
    return one ? [{ id, deputy: one.deputy }] : [];
  });
  return {
    alone: away.filter(({ deputy }) => !deputy).map(({ id }) => id),
    doubled: away.filter(({ deputy }) => deputy && ids.includes(deputy)).map(({ id }) => id),
  };
}

async function preferencesOf(read: Reader, ids: readonly PersonId[]) {
  const found = await Promise.all([...new Set(ids)].map((id) => read.get(PREFERENCES, id)));
  return new Map(found.flatMap((one) => (one ? [[one.person, one] as const] : [])));
}
