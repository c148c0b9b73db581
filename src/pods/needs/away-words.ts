// Builds the sentences that tell an author that a person is away, until when, and who stands in.
import type { Reader } from '../../log/action.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import { untilWords } from '../preferences/hours-words.ts';
import { type Away, awayAt, hoursOf, PREFERENCES, type PreferenceDoc } from '../preferences/preference.ts';
import type { NeedChange } from './need.ts';

/** Returns the preferences of those who are needed by these changes and are away. */
export async function awayAmong(read: Reader, changes: readonly NeedChange[], at: number): Promise<PreferenceDoc[]> {
  const needed = changes.flatMap((change) =>
    change.type === 'need_opened' && change.reason !== 'step' && change.reason !== 'expired' && isPerson(change.who)
      ? [change.who]
      : [],
  );
  const preferences = await Promise.all([...new Set(needed)].map((who) => read.get(PREFERENCES, who)));
  return preferences.filter((one): one is PreferenceDoc => awayAt(one, at) !== undefined);
}

/** Returns one sentence for each of these people. */
export function awayWords(read: Reader, absent: readonly PreferenceDoc[]): Promise<string[]> {
  return Promise.all(absent.map((one) => sentenceFor(read, one, one.away ?? {})));
}

async function sentenceFor(read: Reader, preference: PreferenceDoc, away: Away): Promise<string> {
  const ids: PersonId[] = [preference.person, ...(away.deputy ? [away.deputy] : [])];
  const [person, names] = await Promise.all([read.get(PEOPLE, preference.person), namesOfAll(read, ids)]);
  const until = untilWords(away, hoursOf(preference, person).timeZone);
  const name = called(names, preference.person).name;
  if (!away.deputy) return `${name} is away ${until}, and hears of it then.`;
  return `${name} is away ${until}. ${called(names, away.deputy).name} stands in for them.`;
}
