// Gives aliases to apps and to people outside this organisation: they choose their own names, and such a name could
// carry instructions to the model.
import type { Reader } from '../../log/action.ts';
import { kindOf, type Named, type ParticipantId } from '../../log/participant.ts';
import { peopleOf } from './directory.ts';
import { guestLabel } from './name-claims.ts';
import type { PersonDoc } from './person.ts';

export async function aliasesOf(read: Reader, ids: readonly ParticipantId[]): Promise<Map<ParticipantId, string>> {
  return aliasesIn(await peopleOf(read, ids), ids);
}

/** The same, of people who are at hand. Pure. */
export function aliasesIn(people: readonly PersonDoc[], ids: readonly ParticipantId[]): Map<ParticipantId, string> {
  const guests = people.filter(isGuest);
  const apps = ids.filter((id) => kindOf(id) === 'app');
  return new Map([
    ...guests.map(({ id }) => [id as ParticipantId, guestLabel(id)] as const),
    ...apps.map((id) => [id, 'an app'] as const),
  ]);
}

export async function guestsAmong(read: Reader, ids: readonly ParticipantId[]): Promise<PersonDoc[]> {
  return (await peopleOf(read, ids)).filter(isGuest);
}

function isGuest({ foreign, role }: PersonDoc): boolean {
  return foreign === true || role === 'guest';
}

/** Returns the names with the aliases in place of those that people outside chose for themselves. */
export function withAliases(
  names: ReadonlyMap<ParticipantId, Named>,
  aliases: ReadonlyMap<ParticipantId, string>,
): Map<ParticipantId, Named> {
  return new Map([...names].map(([id, one]) => [id, { ...one, name: aliases.get(id) ?? one.name }]));
}
